#pragma once

#include "core/session/bundle.h"
#include "core/session/run_store.h"
#include "fuzz.h"
#include "some_results.h"

namespace uninet::fuzz {

/// A session with every part in it.
inline Session someSession() {
  Session session = newSession();
  session.network.kind = Session::Network::Kind::file;
  session.network.file = "/data/a.pth";
  session.network.size = "256x512";
  session.data = {Session::Data::Kind::streetscape, {}, "val", "cityscapes", 12};
  session.image = "streetscape_0";
  session.attack = {"pgd", "Figure 3a", {{"epsilon", 2.0}}, "box:1,2,10,12", "float64"};
  session.view.layout = Session::View::Layout::focus;
  session.view.hiddenClasses = {"road"};
  session.view.inputChange = Session::View::InputChange::gradient;
  session.run = 1;
  session.notes = "a note";
  return session;
}

/// A file of runs with two of them.
inline std::filesystem::path writeSomeRuns(const std::filesystem::path& file) {
  RunStore store = RunStore::open(file);
  KeptRun run;
  run.time = "2026-11-25T13:17:45Z";
  run.data = "Streetscape";
  run.image = "streetscape_0";
  run.imageFingerprint = "f";
  run.network = "a.pth";
  run.networkHash = "h";
  run.networkFrom.kind = Session::Network::Kind::demo;
  run.dataFrom = {Session::Data::Kind::streetscape, {}, "val"};
  run.attack = "pgd";
  run.options = R"({"epsilon": 2.0})";
  run.facts = someFacts();
  run.clean = run.attacked = ImageMeasures(*cityscapesClasses());
  run.manifest = "{}";
  const cv::Mat clean(4, 6, CV_8UC3, cv::Scalar(1, 2, 3));
  store.add(run, clean, clean + cv::Scalar(2, 2, 2));
  run.name = "mine";
  store.add(run, clean, clean + cv::Scalar(4, 4, 4));
  return file;
}

/// A bundle of both.
inline std::filesystem::path writeSomeBundle(const std::filesystem::path& zip) {
  const Folder folder;
  writeSession(someSession(), folder.file("s.json"));
  writeSomeRuns(runStoreOf(folder.file("s.json")));
  writeBundle(folder.file("s.json"), nullptr, zip, {});
  return zip;
}

}  // namespace uninet::fuzz
