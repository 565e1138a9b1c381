#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QThreadPool>
#include <QUndoStack>

#include "attacks/sweep/experiment.h"
#include "core/data/dataset.h"
#include "ui/document/job_runner.h"
#include "ui/document/panel_images.h"
#include "ui/document/split_results.h"

namespace uninet {

/// What the window is about: a network, images, the one that is shown, and the last attack on it.
/// Tells what changed; views listen to it and never to each other.
class Document : public QObject {
  Q_OBJECT
 public:
  /// The image that is shown.
  struct Frame {
    int index = -1;
    RawFrame raw;
    Sample sample;  ///< at network size; only the image if there is no network
    std::shared_ptr<const Prediction> clean;
  };
  /// One iteration of the last attack; iteration −1 is what a hiding attack works towards.
  struct Step {
    AttackIteration iteration;
    std::shared_ptr<const Prediction> prediction;
  };

  /// `threads` that compute (0 = all cores) and the seed, as configureCompute() takes them.
  Document(int threads, std::uint64_t seed, QObject* parent = nullptr);
  ~Document() override;

  void openCheckpoint(const std::filesystem::path& file, const OpenOptions& options = {});
  /// Gives the network that is open the mask components of an .npz.
  void openMaskComponents(const std::filesystem::path& npz);
  /// Cityscapes tree, folder, list or picture.
  void openData(const std::filesystem::path& path, const QString& split);
  void openPictures(std::vector<std::filesystem::path> files);
  /// The built-in world and network.
  void openDemo(const OpenOptions& options = {});
  void openStreetscapeScenes(const QString& split);
  void select(int index);

  /// Attacks the image that is shown, in a region as parseRegion() takes it (empty: everywhere).
  void attack(const QString& key, const Options& options, const QString& region = {});
  void stop() { jobs_.stop(); }
  /// Iteration of the last attack that the attacked row shows.
  void showStep(int step);
  /// Threshold, opacity: affects drawing only.
  void setDraw(const DrawOptions& draw);
  /// Images, outputs and report.json of the last attack, and the chart's numbers.
  void saveExperiment(const std::filesystem::path& folder);

  const Engine& engine() const { return engine_; }
  std::shared_ptr<const Dataset> dataset() const { return dataset_; }
  const Frame& frame() const { return frame_; }
  const std::vector<Step>& steps() const { return steps_; }
  int shownStep() const { return shownStep_; }
  /// The prediction that the attacked row shows; null: none.
  std::shared_ptr<const Prediction> attacked() const;
  const Experiment* experiment() const { return experiment_ ? &*experiment_ : nullptr; }
  const PanelImages& cleanImages() const { return cleanImages_; }
  const PanelImages& attackedImages() const { return attackedImages_; }
  const DrawOptions& draw() const { return draw_; }
  bool attacking() const { return attacking_; }
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
  /// For the message bar; empty: nothing to say any more.
  void said(const QString& text, bool error);

 private:
  void setEngine(const Engine& engine);
  void setDataset(std::shared_ptr<const Dataset> data);
  void clearAttack();
  void predict();
  void render();
  void post(int number, Step step);
  void postTarget(int number, const Prediction& clean, const AttackTarget& target);

  Engine engine_;
  std::shared_ptr<const Dataset> dataset_;
  Frame frame_;
  std::vector<Step> steps_;
  int shownStep_ = -1;
  std::optional<Experiment> experiment_;
  PanelImages cleanImages_, attackedImages_;
  DrawOptions draw_;
  bool attacking_ = false;
  int attackNumber_ = 0;  ///< steps of an earlier attack are dropped
  int selectNumber_ = 0;  ///< predictions of an earlier selection are dropped
  int renderNumber_ = 0;  ///< pictures of an earlier state are dropped
  QUndoStack undo_;
  QThreadPool renderPool_;
  SplitResults split_;
  JobRunner jobs_;
};

}  // namespace uninet
