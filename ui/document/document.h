#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <QObject>
#include <QThreadPool>
#include <QUndoStack>

#include "attacks/sweep/experiment.h"
#include "core/data/dataset.h"
#include "ui/document/job_runner.h"
#include "ui/document/message.h"
#include "ui/document/panel_images.h"
#include "ui/document/recent.h"
#include "ui/document/split_results.h"

namespace uninet {

/// What the window is about: a network, images, the one that is shown, and the last attack on it.
/// Tells what changed; views listen to it and never to each other.
class Document : public QObject {
  Q_OBJECT
 public:
  /// The image that is shown. Until it is predicted it has an index and nothing else.
  struct Frame {
    int index = -1;
    RawFrame raw;
    Sample sample;  ///< at network size; only the image if there is no network
    std::shared_ptr<const Prediction> clean;
    bool failed = false;  ///< it cannot be shown
  };
  /// One iteration of an attack; iteration −1 is what a hiding attack works towards.
  struct Step {
    AttackIteration iteration;
    std::shared_ptr<const Prediction> prediction;
  };
  /// How many images keep their prediction, and how many the last attack on them.
  static constexpr std::size_t kKept = 8;

  /// `threads` that compute (0 = all cores) and the seed, as configureCompute() takes them.
  Document(int threads, std::uint64_t seed, QObject* parent = nullptr);
  ~Document() override;

  void openCheckpoint(const std::filesystem::path& file, const OpenOptions& options = {});
  /// Gives the network that is open the mask components of an .npz.
  void openMaskComponents(const std::filesystem::path& npz);
  /// Cityscapes tree, folder, list or picture. What is open stays unless this can be opened and its
  /// first image read.
  void openData(const std::filesystem::path& path, const QString& split);
  void openPictures(std::vector<std::filesystem::path> files);
  /// The built-in world and network.
  void openDemo(const OpenOptions& options = {});
  /// At the size of the network; opened anew when one of another size is opened.
  void openStreetscapeScenes(const QString& split);
  /// Shows another image. An attack on the one that was shown is stopped; what it found is there
  /// again when one comes back.
  void select(int index);

  /// Attacks the image that is shown, in a region as parseRegion() takes it (empty: everywhere).
  void attack(const QString& key, const Options& options, const QString& region = {});
  /// Stops the attack on the image that is shown, whether it runs or waits, and nothing else.
  void stop() { jobs_.stop(attackJob_); }
  /// Iteration of the attack that the attacked row shows.
  void showStep(int step);
  /// Threshold, opacity: affects drawing only.
  void setDraw(const DrawOptions& draw);
  /// Images, outputs and report.json of the last attack, and the chart's numbers.
  void saveExperiment(const std::filesystem::path& folder);

  const Engine& engine() const { return engine_; }
  std::shared_ptr<const Dataset> dataset() const { return dataset_; }
  const Frame& frame() const { return frame_; }
  const std::vector<Step>& steps() const { return run_.steps; }
  int shownStep() const { return run_.shownStep; }
  /// The prediction that the attacked row shows; null: none.
  std::shared_ptr<const Prediction> attacked() const;
  const Experiment* experiment() const { return run_.experiment ? &*run_.experiment : nullptr; }
  const PanelImages& cleanImages() const { return cleanImages_; }
  const PanelImages& attackedImages() const { return attackedImages_; }
  const DrawOptions& draw() const { return draw_; }
  /// Whether an attack on the image that is shown runs or waits.
  bool attacking() const { return attackJob_ != 0; }
  JobId attackJob() const { return attackJob_; }
  JobRunner& jobs() { return jobs_; }
  SplitResults& split() { return split_; }
  /// Evaluates the split that is open by a plan, in the background.
  void evaluateSplit(SweepPlan plan, std::size_t limit, const std::filesystem::path& file);
  QUndoStack& undoStack() { return undo_; }

 Q_SIGNALS:
  void engineChanged();
  void datasetChanged();
  void frameChanged();
  void cleanImagesChanged();
  void attackedImagesChanged();
  void stepsChanged();
  void experimentChanged();
  void attackingChanged(bool attacking);
  /// For the message bar. No text: this subject has succeeded and has nothing to say.
  void said(Subject subject, const QString& text, bool error);

 private:
  /// An attack on one image.
  struct AttackRun {
    int number = 0;  ///< 0: none
    JobId job = 0;   ///< may have ended
    std::vector<Step> steps;
    int shownStep = -1;
    std::optional<Experiment> experiment;
  };

  JobRunner::Ended tellErrors(Subject subject);
  void openEngine(const QString& title, std::function<Engine()> open);
  /// Streetscape scenes: they have the size of the network.
  struct Scenes {
    QString split;
    cv::Size size;
  };
  void openImages(const QString& title, std::function<std::shared_ptr<const Dataset>()> open,
                  const Scenes& scenes = {});
  void setEngine(const Engine& engine);
  void setDataset(std::shared_ptr<const Dataset> data);
  void forgetImages();
  /// Pictures that are being drawn are of what is no longer shown.
  void dropRenders();
  void leaveImage();
  void setAttack(AttackRun run);
  void endAttack();
  void predict();
  void show(const Frame& frame);
  void cannotShow(const QString& sentence);
  void keep(int number, int index, Experiment experiment);
  void render();
  void post(int number, Step step);
  void postTarget(int number, const Prediction& clean, const AttackTarget& target);

  Engine engine_;
  std::shared_ptr<const Dataset> dataset_;
  Scenes scenes_;  ///< that are open
  Frame frame_;
  AttackRun run_;         ///< on the image that is shown
  JobId attackJob_ = 0;   ///< of run_, until it has ended
  int attackNumber_ = 0;  ///< of the last attack on any image
  int generation_ = 0;    ///< what was computed for another network or other data is dropped
  Recent<int, std::shared_ptr<const Frame>> frames_{kKept};  ///< predicted, by index
  Recent<int, AttackRun> attacks_{kKept};                    ///< on other images, by index
  std::vector<std::pair<JobId, int>> predicting_;            ///< and the image of each
  PanelImages cleanImages_, attackedImages_;
  DrawOptions draw_;
  int renderNumber_ = 0;  ///< pictures of an earlier state are dropped
  QUndoStack undo_;
  QThreadPool renderPool_;
  SplitResults split_;
  JobRunner jobs_;
};

}  // namespace uninet
