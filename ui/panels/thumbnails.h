#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include <QCache>
#include <QImage>
#include <QObject>
#include <QThreadPool>

#include "core/data/dataset.h"

namespace uninet {

/// Small pictures of a dataset, made by a thread of its own for what is wanted now, and kept as
/// long as there is room: what is wanted no longer is not made, what was not asked for longest
/// goes.
class Thumbnails : public QObject {
  Q_OBJECT
 public:
  /// Pixels; drawn at half this size, so that they are sharp on a screen of 2×.
  static constexpr int kWidth = 152, kHeight = 76;
  /// Room for about 700 pictures.
  static constexpr qsizetype kMostBytes = 32 << 20;

  explicit Thumbnails(QObject* parent = nullptr, qsizetype mostBytes = kMostBytes);
  /// Waits for the picture that is being made.
  ~Thumbnails() override;

  void setDataset(std::shared_ptr<const Dataset> data);
  /// These are looked at, in the order in which they are to be made; none else.
  void want(const std::vector<int>& indices);
  /// nullptr: not made yet, or not any more. A null image: the picture cannot be read.
  const QImage* find(int index) const { return made_.object(index); }
  qsizetype bytes() const { return made_.totalCost(); }

 Q_SIGNALS:
  void ready(int index);

 private:
  void work(const std::shared_ptr<const Dataset>& data, int generation);
  void keep(int generation, int index, const QImage& image);

  std::shared_ptr<const Dataset> data_;
  int generation_ = 0;  ///< pictures of an earlier dataset are dropped
  QCache<int, QImage> made_;
  std::mutex mutex_;        ///< guards what follows
  std::deque<int> wanted_;  ///< and not made
  std::set<int> taken_;     ///< by the thread, and not kept yet
  int workGeneration_ = 0;  ///< that wanted_ is of
  bool working_ = false;    ///< the thread will look at wanted_ again
  QThreadPool pool_;
};

}  // namespace uninet
