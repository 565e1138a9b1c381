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
#include "model/engine/device.h"
#include "ui/document/attack_run.h"
#include "ui/document/awaited_files.h"
#include "ui/document/job_runner.h"
#include "ui/document/message.h"
#include "ui/document/recent.h"
#include "ui/document/run_archive.h"
#include "ui/document/scene.h"
#include "ui/document/second_network.h"
#include "ui/document/session_file.h"
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
  using Step = KeptSteps::Step;
  /// How many images keep their prediction, and how many the last attack on them.
  static constexpr std::size_t kKept = 8;

  /// `threads` that compute (0 = the default) and the seed, as configureCompute() takes them.
  Document(int threads, std::uint64_t seed, QObject* parent = nullptr);
  ~Document() override;

  /// The session of last time, a new one if there is none. After a crash a new one as well:
  /// crashed() then offers the one that was open. With `resume` false always a new one.
  /// Returns whether one was opened.
  bool startSession(bool resume);
  /// What is open stays; its runs do not.
  void newSession();
  /// Network, data, image, attack and runs as they were; what cannot be opened any more is told.
  bool openSession(const std::filesystem::path& file);
  /// Goes on in a copy with its runs.
  void saveSessionAs(const std::filesystem::path& file);
  /// Packs session, runs and images into a zip, in the background.
  void exportBundle(const std::filesystem::path& zip);
  /// Unpacks one into a folder and opens its session.
  void openBundle(const std::filesystem::path& zip, const std::filesystem::path& folder);
  /// Writes what is not written yet, and that the session was left in order. If its folder is gone,
  /// what is not in it goes into a session of its own among those without a name.
  void closeSession();
  const Session& session() const { return session_; }
  const std::filesystem::path& sessionFile() const { return sessionFile_.file(); }
  /// What the panels and the canvas are set to, for the session.
  void setAttackChoice(const Session::Attack& attack);
  void setView(const Session::View& view);
  /// What a person writes about the session; can be undone, in one step what was typed in one go.
  void setNotes(const QString& notes);

  /// Where no network is open, a file that is not there is waited for.
  void openCheckpoint(const std::filesystem::path& file, const OpenOptions& options = {});
  /// Gives the network that is open the mask components of an .npz.
  void openMaskComponents(const std::filesystem::path& npz);
  /// Opens a checkpoint beside the network that is open, to compare the two.
  void openSecond(const std::filesystem::path& file);
  SecondNetwork& second() { return second_; }
  const SecondNetwork& second() const { return second_; }
  /// Computes the network that is open, and those that will be, on this device, as
  /// Engine::device(). Where it cannot be had, on the CPU, and tells why. `keep`: also from the
  /// next start on.
  void computeOn(const std::string& device, bool keep);
  /// What there is beside the CPU; empty until a network has been opened.
  const std::vector<Card>& cards() const { return cards_; }
  /// Cityscapes tree, folder, list or picture. What is open stays unless this can be opened and its
  /// first image read.
  /// `splitGiven`: by a person; data without that split are then refused. `labels` as --labels;
  /// empty: found out. `depthUnit` as --depth-unit; 0: what the data set has.
  void openData(const std::filesystem::path& path, const QString& split, bool splitGiven = false,
                const QString& labels = {}, double depthUnit = 0);
  /// The data that are open anew, with another unit of depth, at the image that is shown.
  void setDepthUnit(double metres);
  void openPictures(std::vector<std::filesystem::path> files);
  /// The built-in world and network, and the image of this name, or the first.
  void openDemo(const OpenOptions& options = {}, const QString& image = {});
  /// At the size of the network; opened anew when one of another size is opened. `scenes` as
  /// --scenes; 0: the default number.
  void openStreetscapeScenes(const QString& split, std::int64_t scenes = 0);
  /// Shows another image. An attack on the one that was shown is stopped; what it found is there
  /// again when one comes back.
  void select(int index);

  /// Attacks the image that is shown, in a region as parseRegion() takes it (empty: everywhere);
  /// where a second network is open, that as well, and measures each one's image on the other.
  /// Every finished run is kept in runs(). `preset`: the name of the one that the options are.
  /// `precision` of gradients as withPrecision() takes it.
  void attack(const QString& key, const Options& options, const QString& region = {},
              const QString& preset = {}, const QString& precision = QStringLiteral("float32"));
  /// Adds the attacks of a shared library that a person has chosen; its code is run. Never for a
  /// file that a session, data or a checkpoint names.
  void loadPlugin(const std::filesystem::path& file);
  /// Shows a kept run, and its image before; another network or other data is told.
  void showRun(std::int64_t id);
  /// Attacks as a kept run did, on its image, and tells whether the same came out.
  void runAgain(std::int64_t id);
  /// Shows run `second`, and in place of the clean prediction that of run `first` on the same
  /// image. Both are of one network, or of the two that are open.
  void compareRuns(std::int64_t first, std::int64_t second);
  /// The run that stands in place of the clean prediction; 0: none.
  std::int64_t reference() const { return reference_.run; }
  /// What the attack is compared with: the clean prediction, or that of reference().
  std::shared_ptr<const Prediction> compared() const {
    return reference_.prediction ? reference_.prediction
           : run_.on.clean       ? run_.on.clean
                                 : frame_.clean;
  }
  /// The kept runs of the attack that is shown on the first and on the second network, which
  /// compareRuns() takes; 0: there is none.
  std::pair<std::int64_t, std::int64_t> runsOnBoth() const;
  /// Deletes kept runs; can be undone.
  void removeRuns(const std::vector<std::int64_t>& ids);
  RunArchive& runs() { return archive_; }
  /// The kept run that is shown; 0: none.
  std::int64_t shownRun() const { return run_.stored; }
  /// Stops the attack on the image that is shown, whether it runs or waits, and nothing else.
  void stop() { jobs_.stop(attackJob_); }
  /// Iteration of the attack that the attacked row shows.
  void showStep(int step);
  /// Threshold, opacity: affects drawing only.
  void setDraw(const DrawOptions& draw);
  /// Semantic classes, by name, that are not drawn.
  void setHiddenClasses(const std::set<std::string>& hidden);
  /// Whether the change of the image is the gradient of the objective, not the perturbation.
  void setGradientShown(bool shown);
  /// The feature map whose change is that of the image, "E3"; empty: none.
  void setLevelShown(const std::string& level);
  const std::string& levelShown() const { return level_; }
  /// Images, outputs and report.json of the last attack, and the chart's numbers.
  void saveExperiment(const std::filesystem::path& folder);

  const Engine& engine() const { return engine_; }
  /// That measured the attack that is shown: of a run on the second network that one.
  const Engine& shownEngine() const { return run_.on.engine ? run_.on.engine : engine_; }
  /// Whether the card, or hasNativeBfloat16() the processor, computes in it; false while no network
  /// is open. Found out by the thread that computes.
  bool nativeBfloat16() const { return nativeBfloat16_; }
  std::shared_ptr<const Dataset> dataset() const { return dataset_; }
  const Frame& frame() const { return frame_; }
  /// Those that are kept; see KeptSteps.
  const std::vector<Step>& steps() const { return run_.steps.steps(); }
  /// Number and objective of every iteration so far, also of those that are not kept.
  const std::vector<std::pair<int, double>>& objectives() const { return run_.steps.objectives(); }
  int shownStep() const { return run_.shownStep; }
  /// The first iteration at which a task's ratio on this image was below one half.
  const std::vector<std::pair<Task, int>>& firstFailures() const { return run_.failures; }
  /// The prediction that the attacked row shows; null: none.
  std::shared_ptr<const Prediction> attacked() const { return run_.shown; }
  const Experiment* experiment() const { return run_.experiment ? &*run_.experiment : nullptr; }
  /// What the attack on the image that is shown was started with.
  const Session::Attack& runChoice() const { return run_.choice; }
  /// What the canvas shows; rows are empty until they are drawn.
  const Scene& scene() const { return scene_; }
  const std::set<std::string>& hiddenClasses() const { return hidden_; }
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
  /// Another second network is open, or none.
  void secondChanged();
  void datasetChanged();
  void frameChanged();
  void sceneChanged();
  void stepsChanged();
  void experimentChanged();
  void attackingChanged(bool attacking);
  /// An attack has run on both networks, on the image that is shown.
  void bothAttacked();
  /// There are more attacks and presets.
  void attacksAdded();
  /// shownRun() or reference() is another.
  void shownRunChanged();
  void notesChanged();
  /// All of the session is another: panels read it.
  void sessionOpened();
  /// The program ended without closing this session.
  void crashed(const QString& file);
  /// For the message bar. No text: this subject has succeeded and has nothing to say.
  void said(Subject subject, const QString& text, bool error);

 private:
  class EditNotes;
  JobRunner::Ended tellErrors(Subject subject);
  // `wait`: what is gone is opened when it is back.
  void openCheckpoint(const std::filesystem::path& file, const OpenOptions& options, bool wait);
  void openEngine(const QString& title, const Session::Network& source,
                  std::function<Engine()> open, bool wait = false);
  /// Streetscape scenes: they have the size of the network.
  struct Scenes {
    QString split;
    cv::Size size;
    std::int64_t count;  ///< as --scenes; 0: the default number
  };
  void openImages(const QString& title, const Session::Data& source,
                  std::function<std::shared_ptr<const Dataset>()> open, bool wait,
                  const Scenes& scenes = {});
  void openData(const std::filesystem::path& path, const QString& split, bool splitGiven,
                const QString& labels, double depthUnit, bool wait);
  void openPictures(std::vector<std::filesystem::path> files, bool wait);
  void openNetworkOf(const Session::Network& network, bool wait = false);
  void openDataOf(const Session::Data& data, bool wait = false);
  void enterSession(const Session& session, const std::filesystem::path& file);
  void touch();
  void restoreWanted();
  void restore(const KeptRun& run, const OpenNetwork& on);
  void showRestored(AttackRun run);
  void repeat(const KeptRun& run, const OpenNetwork& on);
  void openDemoNetwork(const OpenOptions& options);
  int takeWantedIndex();
  void loadReference();
  void compareWithKept(std::int64_t id, const cv::Mat& image);
  /// A network on the device that was chosen, or on the CPU and why.
  struct Placed {
    Engine engine;
    std::vector<Card> cards;
    std::string problem;
    bool nativeBfloat16 = false;
  };
  static std::string keptDevice();
  static Placed placed(const Engine& engine, const std::string& device);
  void take(const Placed& placed);
  void setEngine(const Engine& engine);
  void setDataset(std::shared_ptr<const Dataset> data);
  OpenNetwork firstNetwork() const { return {engine_, session_.network, frame_.clean}; }
  OpenNetwork secondNetwork();
  /// The one that is open with this Engine::identity(); without an engine: none is.
  OpenNetwork networkOf(const std::string& identity);
  void predictBySecond();
  void leaveSecond();
  void forgetImages();
  /// Pictures that are being drawn are of what is no longer shown.
  void dropRenders();
  void leaveImage();
  void setAttack(AttackRun run);
  void endAttack();
  /// `beside`: the network that is attacked after it; without an engine: none.
  void start(const AttackOrder& order, const OpenNetwork& on, const OpenNetwork& beside);
  JobRunner::Work attackWork(int number, const AttackOrder& order, const OpenNetwork& on,
                             const OpenNetwork& beside, std::shared_ptr<SecondOutcome> outcome);
  void store(int number, KeptRun run, const RunArchive::Pictures& pictures);
  void restartAttack();
  void predict();
  void show(const Frame& frame);
  void cannotShow(const QString& sentence);
  /// Tells `sentence`; or, if one of `files` is not there, `goneText` with its name for %1, and
  /// does it `again` when all are back and no attack runs.
  void cannotOpen(Subject subject, AwaitedFiles& awaited, AwaitedFiles::Paths files,
                  const QString& sentence, const QString& goneText, std::function<void()> again);
  bool leaveSession();
  /// Lets go of what can be made again, and says so.
  void spareMemory(const QString& title, const QString& details);
  void keep(int number, int index, Experiment experiment, Step last);
  void render();
  SceneChange lastGradient() const;
  SceneChange changeOfLevel();
  /// Of the image; none: the perturbation.
  std::optional<SceneChange> shownChange();
  /// The canvas is empty until render() has drawn.
  void clearScene();
  void post(int number, Step step, std::shared_ptr<const Prediction> prediction = {});
  /// Shows the last step. `prediction` of it, unless it is still to be unpacked.
  static void showLast(AttackRun& run, std::shared_ptr<const Prediction> prediction = {});
  /// Nothing if there is nothing to hide.
  static std::optional<Step> targetStep(const Prediction& clean, const AttackTarget& target);

  Engine engine_;
  std::string device_ = keptDevice();  ///< that networks are to be computed on
  std::vector<Card> cards_;
  bool nativeBfloat16_ = false;
  std::shared_ptr<const Dataset> dataset_;
  Scenes scenes_{};  ///< that are open
  Frame frame_;
  AttackRun run_;         ///< on the image that is shown
  JobId attackJob_ = 0;   ///< of run_, until it has ended
  int attackNumber_ = 0;  ///< of the last attack on any image
  int generation_ = 0;    ///< what was computed for another network or other data is dropped
  Recent<int, std::shared_ptr<const Frame>> frames_{kKept};  ///< predicted, by index
  Recent<int, AttackRun> attacks_{kKept};                    ///< on other images, by index
  std::vector<std::pair<JobId, int>> predicting_;            ///< and the image of each
  Scene scene_;
  DrawOptions draw_;
  std::set<std::string> hidden_;  ///< classes that are not drawn
  bool gradientShown_ = false;
  std::string level_;  ///< feature map whose change is shown; empty: none
  struct LevelChange {
    std::shared_ptr<const Prediction> before, after;
    std::string level;
    SceneChange change;

    bool of(const std::shared_ptr<const Prediction>& b, const std::shared_ptr<const Prediction>& a,
            const std::string& l) const {
      return before == b && after == a && level == l;
    }
  };
  LevelChange levelChange_;  ///< asked for last
  int renderNumber_ = 0;     ///< pictures of an earlier state are dropped
  QUndoStack undo_;
  Session session_;
  SessionFile sessionFile_;
  RunArchive archive_;
  QString wantedImage_;          ///< to show when the data that are being opened are there
  std::int64_t wantedRun_ = 0;   ///< to show when its image is there
  std::int64_t resumedRun_ = 0;  ///< the same, as soon as the data are there
  bool again_ = false;           ///< wantedRun_ is to be run again instead
  struct Reference {
    std::int64_t run = 0;
    std::shared_ptr<const Prediction> prediction;
  };
  Reference reference_;
  std::int64_t wantedReference_ = 0;  ///< beside wantedRun_
  QThreadPool renderPool_;
  AwaitedFiles awaitedImage_;    ///< what the shown image comes from
  AwaitedFiles awaitedNetwork_;  ///< that was asked for last
  AwaitedFiles awaitedData_;     ///< that were asked for last
  SplitResults split_;
  SecondNetwork second_{jobs_};
  JobRunner jobs_;
};

}  // namespace uninet
