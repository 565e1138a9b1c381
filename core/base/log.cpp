#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <mutex>

#include "core/base/error.h"

namespace uninet {
namespace {

std::mutex listenerMutex;
std::function<void(LogLevel, std::string_view)> listener;

spdlog::level::level_enum levelOf(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    default:
      return spdlog::level::err;
  }
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>(
        "uninet", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    made->set_pattern("%^%l%$ %v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

}  // namespace

void log(LogLevel level, std::string_view text) {
  logger().log(levelOf(level), spdlog::string_view_t(text.data(), text.size()));
  const std::lock_guard lock(listenerMutex);
  if (listener) listener(level, text);
}

void setLogLevel(LogLevel level) { logger().set_level(levelOf(level)); }

void setLogFile(const std::filesystem::path& file) {
  try {
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), 5 << 20, 3);
    sink->set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
    logger().sinks().push_back(sink);
  } catch (const spdlog::spdlog_ex& error) {
    throw Error(concat(file.string(), " cannot be opened as log file: ", error.what()));
  }
}

void setLogListener(std::function<void(LogLevel, std::string_view)> callback) {
  const std::lock_guard lock(listenerMutex);
  listener = std::move(callback);
}

}  // namespace uninet
