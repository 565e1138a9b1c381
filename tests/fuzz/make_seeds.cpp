#include <cstdio>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/npz.h"
#include "some_results.h"
#include "some_session.h"

// Writes the first inputs of every fuzz target into FOLDER/<target>/.   make_seeds FOLDER

using namespace uninet;
using namespace uninet::fuzz;

namespace {

namespace fs = std::filesystem;

void writeSeeds(const fs::path& corpus, const char* target, const std::vector<std::string>& seeds) {
  makeFolder(corpus / target);
  int number = 0;
  for (const std::string& seed : seeds)
    writeTextFile(corpus / target / concat("seed", number++), seed);
}

/// A picture as the formats that are read.
std::vector<std::string> encoded() {
  cv::Mat colours(8, 12, CV_8UC3), grey(8, 12, CV_8U), deep(8, 12, CV_16U);
  cv::randu(colours, 0, 255);
  cv::randu(grey, 0, 40);
  cv::randu(deep, 0, 40);
  std::vector<std::string> files{encodePng(grey), encodePng(deep), encodePng(colours)};
  const auto add = [&](const char* ending, const cv::Mat& image, const std::vector<int>& how = {}) {
    std::vector<std::uint8_t> bytes;
    cv::imencode(ending, image, bytes, how);
    files.emplace_back(bytes.begin(), bytes.end());
  };
  add(".png", grey, {cv::IMWRITE_PNG_BILEVEL, 1});
  for (const char* ending : {".jpg", ".bmp", ".webp", ".tiff"}) add(ending, colours);
  return files;
}

/// A file of the kind that `write` writes, as bytes.
template <class Write>
std::string written(const fs::path& file, Write write) {
  write(file);
  std::string bytes = readTextFile(file);
  fs::remove(file);
  return bytes;
}

void writeAll(const fs::path& corpus) {
  makeFolder(corpus);
  const std::string measures = packMeasures(someMeasures()), facts = packFacts(someFacts());
  const std::string classes = packClasses(*nyuv2Classes());
  const std::vector<std::string> pictures = encoded();
  writeSeeds(corpus, "measures", {measures, packMeasures(ImageMeasures(*cityscapesClasses()))});
  writeSeeds(corpus, "facts", {facts, packFacts({})});
  writeSeeds(corpus, "classes", {classes, packClasses(*cityscapesClasses())});
  writeSeeds(corpus, "picture", pictures);
  writeSeeds(corpus, "labels", {pictures[0], pictures[1], pictures[3]});
  writeSeeds(corpus, "annotations",
             {R"({"images": [{"id": 5, "file_name": "a.png", "height": 6, "width": 8}],
                  "annotations": [{"id": 1, "image_id": 5, "category_id": 4, "iscrowd": 0,
                  "segmentation": [[1, 1, 6.5, 1, 6.5, 4, 1, 4]]}, {"id": 2, "image_id": 5,
                  "category_id": 40, "iscrowd": 1, "segmentation": {"size": [6, 8],
                  "counts": [0, 5, 3, 40]}}, {"id": 3, "image_id": 5, "category_id": 9,
                  "segmentation": {"size": [6, 8], "counts": "=33000a0"}}]})"});
  writeSeeds(corpus, "camera",
             {R"({"extrinsic": {"baseline": 0.2, "pitch": 0.03, "roll": 0.0, "x": 1.7, "y": 0.1,
                  "yaw": -0.02, "z": 1.2},
                  "intrinsic": {"fx": 2262.5, "fy": 2265.3, "u0": 1096.9, "v0": 513.1}})"});
  std::vector<std::string> plans{
      R"({"name": "mine", "clean-gradients": true, "attacks": [{"attack": "pgd",
          "options": {"objective": "depth"}, "epsilon": [1, 2], "seed": [0, 1], "title": "t",
          "levels": true, "gradients": true, "shapes": true, "pictures": true}]})",
      R"({"attacks": [{"attack": "dag-detection", "options": {"first": "person", "second": "car",
          "category": "car", "head": "box", "losses": "seg,depth"}}]})"};
  writeSeeds(corpus, "plan", plans);
  writeSeeds(corpus, "picture_list",
             {"# pictures\nseed0\n../seed0,1,2\n", "\xef\xbb\xbfimage;label\n\"a b.png\";x\r\n"});
  writeSeeds(corpus, "region", {"box:1,2,10,12", "polygon:0,0,20,0,20,12", "instance:1", "mask:x"});
  writeSeeds(corpus, "results_file", {written(corpus / "seed.sqlite", writeSomeResults)});
  writeSeeds(corpus, "results_entry",
             {"\x01" + facts, "\x02{\"epsilon\": 1}", "\x03{\"epsilon\": \"1\"}",
              "\x04" + pictures[2], "\x05" + classes,
              "\x06"
              "2",
              std::string(1, '\0') + measures});
  const std::string runs = written(corpus / "seed.runs.sqlite", writeSomeRuns);
  writeSeeds(corpus, "run_store", {runs});
  writeSeeds(corpus, "run_entry",
             {std::string(1, '\0') + facts, "\x01" + classes, "\x02" + measures, "\x03" + measures,
              "\x04{\"network\": {\"from\": \"demo\"}}", "\x05" + pictures[2], "\x06" + pictures[2],
              "\x07{\"epsilon\": 2.0}",
              "\x08"
              "1"});
  writeSeeds(corpus, "session",
             {sessionJson(someSession(), corpus).dump(), sessionJson(newSession(), corpus).dump()});
  writeSeeds(corpus, "bundle", {written(corpus / "seed.zip", writeSomeBundle)});
  NamedTensors tensors{{"components_", {"float32", {2, 3}, std::vector<std::uint8_t>(24)}},
                       {"mean_", {"float32", {3}, std::vector<std::uint8_t>(12)}}};
  writeSeeds(
      corpus, "npz",
      {written(corpus / "seed.npz", [&](const fs::path& file) { writeNpz(file, tensors); })});
  writeSeeds(corpus, "checkpoint",
             {written(corpus / "seed.pth",
                      [&](const fs::path& file) {
                        writePth(file, tensors, {{"a", "b"}});
                      }),
              written(corpus / "seed.safetensors", [&](const fs::path& file) {
                writeSafetensors(file, tensors, {{"a", "b"}});
              })});
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw Error("one argument is expected, the folder");
    writeAll(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_seeds: %s\n", error.what());
    return 1;
  }
}
