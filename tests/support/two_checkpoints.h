#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <string>

#include "model/network/network_file.h"
#include "model/networks/registry.h"

namespace uninet {

/// Narrow untrained networks in files, to stand beside each other: "first" is a UniNet of all
/// tasks, "second" an MTL-baseline of segmentation and depth with another input size, "twin" a
/// UniNet like the first with other weights, "indoors" one with other classes.
struct TwoCheckpoints {
  QTemporaryDir folder;
  const std::filesystem::path first = write("first", spec("uninet", TaskSet::all()), 1);
  const std::filesystem::path second = write("second", other(), 2);
  const std::filesystem::path twin = write("twin", spec("uninet", TaskSet::all()), 3);

  std::filesystem::path indoors() {
    NetworkSpec inside = spec("uninet", TaskSet::all());
    inside.classes = nyuv2Classes();
    return write("indoors", inside, 4);
  }
  /// An MTI-Net with auxiliary tasks.
  std::filesystem::path auxiliary() {
    NetworkSpec mti = spec("mti-net", TaskSet::parse("segment,depth,sem_cont,sur_nor"));
    mti.neck = Neck::fpn;
    return write("auxiliary", mti, 5);
  }
  std::filesystem::path path(const char* name) const {
    return folder.filePath(QString::fromUtf8(name)).toStdString();
  }

 private:
  static NetworkSpec spec(const char* network, TaskSet tasks) {
    NetworkSpec spec;
    spec.network = network;
    spec.tasks = tasks;
    spec.width = 0.125;
    spec.size = {256, 128};
    return spec;
  }
  static NetworkSpec other() {
    NetworkSpec other = spec("mtl-baseline", TaskSet::parse("segment,depth"));
    other.size = {128, 128};
    return other;
  }
  std::filesystem::path write(const char* name, const NetworkSpec& spec, std::uint64_t seed) const {
    const std::filesystem::path file = path((std::string(name) + ".safetensors").c_str());
    saveNetwork(makeNetwork(spec, seed), file, false);
    return file;
  }
};

}  // namespace uninet
