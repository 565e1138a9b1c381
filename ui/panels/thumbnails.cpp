#include "ui/panels/thumbnails.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ui/document/scene.h"

namespace uninet {
namespace {

/// The middle of a picture in the shape of a thumbnail: nothing is stretched.
QImage thumbnailOf(const cv::Mat& picture) {
  constexpr double kAspect = static_cast<double>(Thumbnails::kWidth) / Thumbnails::kHeight;
  const int width = std::clamp(cvRound(picture.rows * kAspect), 1, picture.cols);
  const int height = std::clamp(cvRound(picture.cols / kAspect), 1, picture.rows);
  const cv::Rect middle((picture.cols - width) / 2, (picture.rows - height) / 2, width, height);
  cv::Mat small;
  cv::resize(picture(middle), small, {Thumbnails::kWidth, Thumbnails::kHeight}, 0, 0,
             cv::INTER_AREA);
  return toQImage(small);
}

}  // namespace

Thumbnails::Thumbnails(QObject* parent, qsizetype mostBytes) : QObject(parent), made_(mostBytes) {
  pool_.setMaxThreadCount(1);
}

Thumbnails::~Thumbnails() {
  {
    const std::lock_guard lock(mutex_);
    wanted_.clear();
  }
  pool_.waitForDone();
}

void Thumbnails::setDataset(std::shared_ptr<const Dataset> data) {
  data_ = std::move(data);
  made_.clear();
  ++generation_;
  const std::lock_guard lock(mutex_);
  wanted_.clear();
}

void Thumbnails::want(const std::vector<int>& indices) {
  if (!data_) return;
  std::deque<int> missing;
  for (const int index : indices)
    if (made_.object(index) == nullptr) missing.push_back(index);
  const std::lock_guard lock(mutex_);
  if (workGeneration_ != generation_) taken_.clear();
  std::erase_if(missing, [this](int index) { return taken_.count(index) > 0; });
  wanted_ = std::move(missing);
  if (wanted_.empty() || (working_ && workGeneration_ == generation_)) return;
  // A thread that still makes one of an earlier dataset ends with it: its pool runs one at a time.
  working_ = true;
  workGeneration_ = generation_;
  pool_.start([this, data = data_, generation = generation_] { work(data, generation); });
}

void Thumbnails::work(const std::shared_ptr<const Dataset>& data, int generation) {
  for (;;) {
    int index = -1;
    {
      const std::lock_guard lock(mutex_);
      if (generation != workGeneration_) return;
      if (wanted_.empty()) {
        working_ = false;
        return;
      }
      index = wanted_.front();
      wanted_.pop_front();
      taken_.insert(index);
    }
    QImage image;
    try {
      image = thumbnailOf(data->image(static_cast<std::size_t>(index)));
    } catch (const std::exception&) {
      // The sentence comes when the image is chosen; until then it shows as unreadable.
    }
    // The destructor waits for this thread, and events for a deleted receiver are dropped.
    QMetaObject::invokeMethod(
        this, [this, generation, index, image] { keep(generation, index, image); },
        Qt::QueuedConnection);
  }
}

void Thumbnails::keep(int generation, int index, const QImage& image) {
  if (generation != generation_) return;
  constexpr qsizetype kEntry = 128;  // what an image without pixels costs, roughly
  {
    const std::lock_guard lock(mutex_);
    taken_.erase(index);
  }
  made_.insert(index, new QImage(image), kEntry + image.sizeInBytes());
  Q_EMIT ready(index);
}

}  // namespace uninet
