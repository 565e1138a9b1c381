#include "ui/document/second_network.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/resources.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

using Kind = Session::Network::Kind;

std::filesystem::path fileOf(const Session::Network& source) {
  return source.kind == Kind::demo ? resourceFile(kDemoCheckpoint) : source.file;
}

Engine opened(const Session::Network& source, const Engine& first) {
  const OpenOptions options{source.weights, first.spec().size, source.maskComponents};
  return Engine::open(fileOf(source), options).onDevice(first.device());
}

}  // namespace

SecondNetwork::SecondNetwork(JobRunner& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

void SecondNetwork::open(const Session::Network& source) {
  awaited_.stop();
  const int asked = ++asked_;
  // A first network that is being opened is the one that is meant: the work begins when it is
  // there.
  jobs_.start(JobKind::opening,
              tr("Opening %1").arg(networkName(fileOf(source).filename().string())),
              [this, source, asked](const Progress&) -> JobRunner::Finish {
                return [this, source, asked] { read(source, asked); };
              });
}

void SecondNetwork::want(const Session::Network& source) {
  awaited_.stop();
  ++asked_;
  if (source != source_) set(source, {});
}

void SecondNetwork::follow(const Engine& first) {
  first_ = first;
  if (source_.kind == Kind::none || fits()) return;
  if (engine_) set(source_, {});
  read(source_, asked_);
}

bool SecondNetwork::awaits(const std::string& identity) const {
  return !engine_ && !source_.sha256.empty() && identity.starts_with(source_.sha256);
}

bool SecondNetwork::fits() const {
  return engine_ && engine_.identity() != first_.identity() &&
         engine_.spec().size == first_.spec().size && engine_.device() == first_.device() &&
         sameClasses(engine_.spec().classes, first_.spec().classes);
}

void SecondNetwork::read(const Session::Network& source, int asked) {
  if (asked != asked_) return;
  if (!first_) {
    Q_EMIT said(tr("Open a network first: the second one stands beside it."), true);
    return;
  }
  awaited_.stop();
  jobs_.start(
      JobKind::opening, tr("Opening %1").arg(networkName(fileOf(source).filename().string())),
      [this, source, asked, first = first_](const Progress&) -> JobRunner::Finish {
        const Engine engine = opened(source, first);
        logInfo(concat("opened ", engine.title(), " beside ", first.title()));
        return [this, source, asked, first, engine] { take(source, asked, first, engine); };
      },
      [this, source, asked](JobOutcome outcome, const QString& sentence) {
        if (outcome == JobOutcome::failed && asked == asked_) fail(source, sentence);
      });
}

void SecondNetwork::take(const Session::Network& source, int asked, const Engine& first,
                         const Engine& engine) {
  if (asked != asked_) return;
  if (&first.network() != &first_.network()) return read(source, asked);  // opened meanwhile
  const QString name = QString::fromStdString(engine.title());
  if (engine.identity() == first.identity())
    return refuse(
        source,
        tr("%1 is the network that is open already: choose another one to compare.").arg(name));
  const ClassTable &its = *engine.spec().classes, &others = *first.spec().classes;
  if (!sameClasses(engine.spec().classes, first.spec().classes))
    return refuse(
        source, tr("%1 cannot stand beside %2: its classes are %3, those of %2 are %4.")
                    .arg(name, QString::fromStdString(first.title()),
                         QString::fromStdString(its.title), QString::fromStdString(others.title)));
  Session::Network from = source;
  from.sha256 = engine.hash();
  from.size = sizeText(engine.spec().size);
  Q_EMIT said({}, false);
  set(from, engine);
}

/// What was wanted will never fit, so that it is not wanted any more.
void SecondNetwork::refuse(const Session::Network& source, const QString& sentence) {
  if (source == source_) set({}, {});
  Q_EMIT said(sentence, true);
}

void SecondNetwork::set(const Session::Network& source, const Engine& engine) {
  source_ = source;
  engine_ = engine;
  clean_.clear();
  Q_EMIT changed();
}

void SecondNetwork::fail(const Session::Network& source, const QString& sentence) {
  AwaitedFiles::Paths files;
  for (const std::filesystem::path& file : {source.file, source.maskComponents})
    if (source == source_ && !file.empty()) files.push_back(file);
  awaited_.look(files, {[this, sentence] { Q_EMIT said(sentence, true); },
                        [this](const std::filesystem::path& gone) {
                          Q_EMIT said(
                              tr("The second network cannot be opened, because %1 is not there: "
                                 "bring that folder or drive back and it is opened by itself.")
                                  .arg(QString::fromStdString(gone.string())),
                              true);
                        },
                        [this, source] {
                          if (source == source_ && !engine_) read(source, asked_);
                          return true;
                        }});
}

std::shared_ptr<const Prediction> SecondNetwork::clean(int image) {
  const auto* known = clean_.find(image);
  return known == nullptr ? nullptr : *known;
}

void SecondNetwork::keepClean(int image, std::shared_ptr<const Prediction> prediction) {
  clean_.put(image, std::move(prediction));
}

}  // namespace uninet
