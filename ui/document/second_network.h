#pragma once

#include <memory>
#include <string>

#include <QObject>
#include <QString>

#include "core/session/session.h"
#include "model/engine/engine.h"
#include "ui/document/awaited_files.h"
#include "ui/document/job_runner.h"
#include "ui/document/recent.h"

namespace uninet {

/// A network that is open, where it came from, and what it makes of the image that is shown as it
/// is.
struct OpenNetwork {
  Engine engine;
  Session::Network from;
  std::shared_ptr<const Prediction> clean;  ///< null: not predicted yet
};

/// The network beside the first one of a document, to compare the two: another one with the same
/// classes, computed at the same input size on the same device, so that both see the same pixels.
/// It is read when it is asked for, and again when the first one has another size or device.
class SecondNetwork : public QObject {
  Q_OBJECT
 public:
  explicit SecondNetwork(JobRunner& jobs, QObject* parent = nullptr);

  /// What is open stays unless this can be opened.
  void open(const Session::Network& source);
  /// Opened as soon as follow() tells of a first network; where its file is not there, when it is
  /// back. Kind none: closed.
  void want(const Session::Network& source);
  void close() { want({}); }
  /// The first network is another.
  void follow(const Engine& first);

  /// Empty: there is none, or it is not open yet.
  const Engine& engine() const { return engine_; }
  /// Of what is open or wanted; kind none: nothing is.
  const Session::Network& source() const { return source_; }
  /// Whether one is open or will be.
  bool expected() const { return source_.kind != Session::Network::Kind::none; }
  /// Whether one with this Engine::identity() is wanted and not open yet.
  bool awaits(const std::string& identity) const;
  /// What it makes of the image with this index; null: not predicted yet, or not any more.
  std::shared_ptr<const Prediction> clean(int image);
  void keepClean(int image, std::shared_ptr<const Prediction> prediction);
  /// The images are others.
  void forgetImages() { clean_.clear(); }

 Q_SIGNALS:
  /// engine() or source() is another.
  void changed();
  /// No text: there is nothing to say any more.
  void said(const QString& text, bool error);

 private:
  bool fits() const;
  void read(const Session::Network& source, int asked);
  void take(const Session::Network& source, int asked, const Engine& first, const Engine& engine);
  void refuse(const Session::Network& source, const QString& sentence);
  void set(const Session::Network& source, const Engine& engine);
  void fail(const Session::Network& source, const QString& sentence);

  JobRunner& jobs_;
  Engine first_, engine_;
  Session::Network source_;
  int asked_ = 0;  ///< what is read for an earlier wish is dropped
  Recent<int, std::shared_ptr<const Prediction>> clean_{8};
  AwaitedFiles awaited_;
};

}  // namespace uninet
