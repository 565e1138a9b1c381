#include "core/base/libraries.h"

#include <SQLiteCpp/Database.h>

#include <opencv2/core/utility.hpp>

namespace uninet {

std::vector<std::pair<std::string, std::string>> libraryVersions() {
  return {{"OpenCV", cv::getVersionString()}, {"SQLite", SQLite::getLibVersion()}};
}

}  // namespace uninet
