#include "core/data/coco_annotations.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/data/class_table.h"
#include "core/data/coco_masks.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kLargestFile = std::size_t{512} << 20;
constexpr int kLargestSide = 16384;  // as of pictures
constexpr std::int64_t kAny = std::numeric_limits<std::int64_t>::max();

/// Throws Error that begins with `what`, with the reason that `read` gave.
template <class Read>
decltype(auto) told(const std::string& what, Read read) {
  try {
    return read();
  } catch (const Error& error) {
    throw Error(concat(what, ": ", error.what()));
  } catch (const Json::exception& error) {
    throw Error(concat(what, ": expected JSON of COCO annotations: ", error.what()));
  }
}

/// The value of a key that has to be there.
const Json& at(const Json& object, const char* key) {
  if (!object.is_object()) throw Error(concat("expected an object, found ", object.type_name()));
  const auto found = object.find(key);
  if (found == object.end()) throw Error(concat("expected ", key, ", found none"));
  return *found;
}

const Json& listAt(const Json& object, const char* key) {
  const Json& list = at(object, key);
  if (!list.is_array()) throw Error(concat(key, ": expected a list, found ", list.type_name()));
  return list;
}

std::int64_t wholeAt(const Json& object, const char* key, std::int64_t least, std::int64_t most) {
  return told(key, [&] { return wholeOf(at(object, key), least, most); });
}

std::vector<double> outlineOf(const Json& json, cv::Size size) {
  std::vector<double> points;
  if (!json.is_array()) throw Error(concat("expected an outline, found ", json.type_name()));
  for (const Json& value : json) {
    if (!value.is_number()) throw Error(concat("expected numbers, found ", value.type_name()));
    points.push_back(value);
  }
  checkOutline(points, size);
  return points;
}

std::vector<std::int64_t> runsOf(const Json& json, cv::Size size) {
  const Json& stated = listAt(json, "size");
  if (stated != Json{size.height, size.width})
    throw Error(concat("size: expected that of the image, [", size.height, ",", size.width,
                       "], found ", stated.size() > 4 ? "more numbers" : stated.dump()));
  const Json& counts = at(json, "counts");
  if (counts.is_string()) return runsOfText(counts.get_ref<const std::string&>());
  std::vector<std::int64_t> runs;
  for (const Json& run : listAt(json, "counts"))
    runs.push_back(told("counts", [&] { return wholeOf(run, 0, kAny); }));
  return runs;
}

CocoObject objectOf(const Json& json, cv::Size size, const ClassTable& classes) {
  CocoObject object;
  object.id = wholeAt(json, "id", 0, kAny);
  object.category = static_cast<int>(wholeAt(json, "category_id", 0, 255));
  if (classes.instanceOfLabel(object.category) == 0)
    throw Error(concat("category_id: expected a class of ", classes.title,
                       " that has instances, found ", object.category));
  if (json.contains("iscrowd")) object.crowd = wholeAt(json, "iscrowd", 0, 1) == 1;
  told("segmentation", [&] {
    const Json& segmentation = at(json, "segmentation");
    if (segmentation.is_object()) {
      object.runs = runsOf(segmentation, size);
      checkRuns(object.runs, size);
      return;
    }
    if (!segmentation.is_array() || segmentation.empty())
      throw Error("expected outlines or run lengths, found none");
    for (const Json& outline : segmentation) object.outlines.push_back(outlineOf(outline, size));
  });
  return object;
}

cv::Mat maskOf(const CocoObject& object, cv::Size size) {
  if (object.outlines.empty()) return maskOfRuns(object.runs, size);
  cv::Mat mask = cv::Mat::zeros(size, CV_8U);
  for (const std::vector<double>& outline : object.outlines) mask |= maskOfOutline(outline, size);
  return mask;
}

}  // namespace

CocoAnnotations readCocoAnnotations(const fs::path& file, const ClassTable& classes) {
  CocoAnnotations annotations;
  const std::string text = readTextFile(file, kLargestFile);
  told(file.string(), [&] {
    const Json json = parseJson(text, "the annotations");
    std::map<std::int64_t, CocoImage*> byId;
    for (const Json& entry : listAt(json, "images")) {
      const std::int64_t id = told("an image", [&] { return wholeAt(entry, "id", 0, kAny); });
      told(concat("image ", id), [&] {
        const Json& named = at(entry, "file_name");
        if (!named.is_string())
          throw Error(concat("file_name: expected a text, found ", named.type_name()));
        const std::string name = fs::path(named.get<std::string>()).stem().string();
        const cv::Size size(static_cast<int>(wholeAt(entry, "width", 1, kLargestSide)),
                            static_cast<int>(wholeAt(entry, "height", 1, kLargestSide)));
        const auto [place, added] = annotations.try_emplace(name, CocoImage{size, {}});
        if (!added || !byId.try_emplace(id, &place->second).second)
          throw Error(concat("expected each image once, found \"", name, "\" again"));
      });
    }
    std::set<std::int64_t> seen;
    for (const Json& entry : listAt(json, "annotations")) {
      const std::int64_t id = told("an annotation", [&] { return wholeAt(entry, "id", 0, kAny); });
      told(concat("annotation ", id), [&] {
        if (!seen.insert(id).second) throw Error("expected each annotation once, found it again");
        const auto image = byId.find(wholeAt(entry, "image_id", 0, kAny));
        if (image == byId.end())
          throw Error(concat("image_id: expected an image of the file, found ",
                             at(entry, "image_id").dump()));
        image->second->objects.push_back(objectOf(entry, image->second->size, classes));
      });
    }
  });
  return annotations;
}

std::vector<Instance> instancesOf(const CocoImage& image, const ClassTable& classes,
                                  const fs::path& file, std::vector<std::string>& notes) {
  std::vector<Instance> instances;
  for (const CocoObject& object : image.objects) {
    const cv::Mat mask = maskOf(object, image.size);
    const cv::Rect box = cv::boundingRect(mask);
    if (box.empty()) {
      notes.push_back(concat("an annotated object covers no pixel and is left out: ", file.string(),
                             ", annotation ", object.id));
      continue;
    }
    Instance instance;
    instance.classId = classes.instanceOfLabel(object.category);
    instance.crowd = object.crowd;
    instance.box = {static_cast<float>(box.x), static_cast<float>(box.y),
                    static_cast<float>(box.br().x), static_cast<float>(box.br().y)};
    instance.mask = mask(box).clone();
    instances.push_back(std::move(instance));
  }
  return instances;
}

}  // namespace uninet
