#include "ui/document/run_archive.h"

#include <QTemporaryDir>
#include <algorithm>
#include <exception>
#include <utility>

#include "core/base/error.h"
#include "core/base/log.h"
#include "ui/document/scene.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

constexpr quint64 kBudget = quint64{2} << 30;
constexpr int kLookMs = 2000;

}  // namespace

RunArchive::RunArchive(QObject* parent)
    : QObject(parent), temporary_(std::make_unique<QTemporaryDir>()), budget_(kBudget) {
  pool_.setMaxThreadCount(1);
  lookTimer_.setInterval(kLookMs);
  connect(&lookTimer_, &QTimer::timeout, this, &RunArchive::look);
  open(temporary_->filePath(QStringLiteral("runs.sqlite")).toStdString());
  lookTimer_.start();
}

RunArchive::~RunArchive() { pool_.waitForDone(); }

bool RunArchive::flush() {
  pool_.waitForDone();
  return waiting_.empty();
}

void RunArchive::ask(Work work) {
  pool_.start([this, work = std::move(work), generation = generation_] {
    perform(work, generation, false);
  });
}

void RunArchive::change(Work work) {
  pool_.start([this, work = std::move(work), generation = generation_] {
    const Work andRead = [this, work](RunStore& store) -> Then {
      const Then then = work(store);
      seen_ = store.dataVersion();
      const Then read = readAll(store);
      return [then, read] {
        read();
        if (then) then();
      };
    };
    perform(andRead, generation, true);
  });
}

void RunArchive::perform(Work work, int generation, bool waits) {
  Then then;
  QString failure;
  bool there = reach();
  try {
    if (there && store_) then = work(*store_);
  } catch (const std::exception& error) {
    failure = QString::fromStdString(sentenceOf(error));
    there = reach();
  }
  if (!there && waits) {
    waiting_.emplace_back(std::move(work), generation);
    return;
  }
  if (!there) failure = goneSentence();
  // The destructor waits for this thread; an event for a deleted receiver is dropped.
  QMetaObject::invokeMethod(
      this,
      [this, then, failure, generation] {
        if (!failure.isEmpty()) Q_EMIT said(failure, true);
        if (then && generation == generation_) then();
      },
      Qt::QueuedConnection);
}

bool RunArchive::reach() {
  if (!store_ && !gone_) return true;  // it cannot be opened, which was told
  std::error_code error;
  const bool there = std::filesystem::exists(storeFile_, error);
  if (there != gone_) return there;
  if (!there) {
    gone_ = true;
    // A drive can be unmounted only when no file of it is open.
    store_.reset();
    QMetaObject::invokeMethod(
        this, [this, sentence = goneSentence()] { Q_EMIT said(sentence, true); },
        Qt::QueuedConnection);
    return false;
  }
  try {
    store_.emplace(RunStore::open(storeFile_));
  } catch (const std::exception& what) {
    logWarning(what.what());
    return false;  // tried again at the next look
  }
  gone_ = false;
  seen_ = -1;
  for (auto& [work, generation] : std::exchange(waiting_, {}))
    perform(std::move(work), generation, true);
  QMetaObject::invokeMethod(
      this,
      [this] {
        Q_EMIT recovered();
        std::vector<std::int64_t> missing;
        for (const auto& [id, image] : thumbnails_)
          if (image.isNull()) missing.push_back(id);
        for (const std::int64_t id : missing) {
          thumbnails_.erase(id);
          Q_EMIT thumbnailCame(id);
        }
      },
      Qt::QueuedConnection);
  return true;
}

QString RunArchive::goneSentence() const {
  return tr("The runs of this session cannot be reached, because %1 is gone: bring that folder or "
            "drive back, or choose File \u25b8 Keep session as; new runs are kept in memory until "
            "then.")
      .arg(QString::fromStdString(storeFile_.parent_path().string()));
}

RunArchive::Then RunArchive::readAll(const RunStore& store) {
  std::vector<std::string> damaged;
  std::vector<KeptRun> runs = store.runs(&damaged);
  return [this, runs = std::move(runs), damaged, bytes = store.bytes()] {
    // Each is told once.
    for (const std::string& sentence : damaged)
      if (damaged_.insert(sentence).second) Q_EMIT said(QString::fromStdString(sentence), true);
    set(runs, bytes);
    read_ = true;
  };
}

void RunArchive::set(std::vector<KeptRun> runs, quint64 bytes) {
  const bool more = read_ && runs.size() > runs_.size();
  runs_ = std::move(runs);
  bytes_ = bytes;
  Q_EMIT changed();
  if (more) Q_EMIT grew();
}

void RunArchive::open(const std::filesystem::path& store) { start(store, false); }
void RunArchive::moveTo(const std::filesystem::path& store) { start(store, true); }

void RunArchive::start(const std::filesystem::path& store, bool carry) {
  ++generation_;
  file_ = store;
  read_ = false;
  thumbnails_.clear();
  damaged_.clear();
  set({}, 0);
  pool_.start([this, store, carry, generation = generation_] {
    QString failure;
    auto waited = std::exchange(waiting_, {});
    storeFile_ = store;
    gone_ = false;
    store_.reset();
    try {
      store_.emplace(RunStore::open(store));
      store_->purge();
    } catch (const std::exception& error) {
      failure = QString::fromStdString(sentenceOf(error));
      std::error_code ignored;
      gone_ = !std::filesystem::exists(store, ignored);
    }
    if (carry)
      for (auto& [work, earlier] : waited) perform(std::move(work), earlier, true);
    QMetaObject::invokeMethod(
        this,
        [this, failure, generation] {
          if (generation == generation_ && !failure.isEmpty()) Q_EMIT said(failure, true);
        },
        Qt::QueuedConnection);
  });
  change([](RunStore&) { return Then(); });
}

const KeptRun* RunArchive::run(std::int64_t id) const {
  const auto found =
      std::find_if(runs_.begin(), runs_.end(), [id](const KeptRun& run) { return run.id == id; });
  return found == runs_.end() ? nullptr : &*found;
}

QImage RunArchive::thumbnail(std::int64_t id) const {
  const auto [entry, fresh] = thumbnails_.try_emplace(id);
  if (!fresh) return entry->second;
  auto* self = const_cast<RunArchive*>(this);
  self->ask([self, id](RunStore& store) -> Then {
    const QImage image = toQImage(store.thumbnail(id));
    return [self, id, image] {
      self->thumbnails_[id] = image;
      Q_EMIT self->thumbnailCame(id);
    };
  });
  return {};
}

void RunArchive::setBudget(quint64 bytes) {
  budget_ = bytes;
  change([this, bytes](RunStore& store) -> Then {
    const auto gone = store.makeRoom(bytes);
    if (gone.empty()) return {};
    return [this, count = gone.size()] {
      Q_EMIT said(tr("%Ln run(s) removed: more than the space for runs was used.", nullptr,
                     static_cast<int>(count)),
                  false);
    };
  });
}

void RunArchive::add(KeptRun run, const Pictures& pictures,
                     std::function<void(std::int64_t)> added) {
  change([this, run = std::move(run), pictures, added = std::move(added),
          budget = budget_](RunStore& store) -> Then {
    const std::int64_t id = store.add(run, pictures.clean, pictures.attacked);
    const auto gone = store.makeRoom(budget);
    return [this, id, added, count = gone.size()] {
      if (count > 0)
        Q_EMIT said(
            tr("%Ln old run(s) removed to make room for the new one. Pin what must stay, or "
               "give runs more space.",
               nullptr, static_cast<int>(count)),
            false);
      if (added) added(id);
    };
  });
}

void RunArchive::rename(std::int64_t id, const QString& name) {
  change([id, text = name.toStdString()](RunStore& store) {
    store.rename(id, text);
    return Then();
  });
}

void RunArchive::setNote(std::int64_t id, const QString& note) {
  change([id, text = note.toStdString()](RunStore& store) {
    store.setNote(id, text);
    return Then();
  });
}

void RunArchive::setPinned(std::int64_t id, bool pinned) {
  change([id, pinned](RunStore& store) {
    store.setPinned(id, pinned);
    return Then();
  });
}

void RunArchive::remove(const std::vector<std::int64_t>& ids) {
  change([ids](RunStore& store) {
    for (const std::int64_t id : ids) store.remove(id);
    return Then();
  });
}

void RunArchive::restore(const std::vector<std::int64_t>& ids) {
  change([ids](RunStore& store) {
    for (const std::int64_t id : ids) store.restore(id);
    return Then();
  });
}

void RunArchive::load(std::int64_t id, std::function<void(const Pictures&)> loaded) {
  ask([id, loaded = std::move(loaded)](RunStore& store) -> Then {
    const Pictures pictures{store.cleanImage(id), store.attackedImage(id)};
    return [pictures, loaded] { loaded(pictures); };
  });
}

void RunArchive::look() {
  const Work work = [this](RunStore& store) -> Then {
    const std::int64_t version = store.dataVersion();
    if (version == seen_) return {};
    seen_ = version;
    return readAll(store);
  };
  pool_.start([this, work, generation = generation_] {
    if (reach()) perform(work, generation, false);
  });
}

}  // namespace uninet
