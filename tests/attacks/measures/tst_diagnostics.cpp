#include <ATen/ATen.h>

#include <QtTest>

#include "attacks/measures/diagnostics.h"
#include "support/attack_case.h"

using namespace uninet;

namespace {

/// Of an attack with an epsilon of at most `most`.
struct BoundedOptions : OptionsOf<BoundedOptions> {
  explicit BoundedOptions(double greatest) : most(greatest) {}
  double most, epsilon = 4;
  std::string rule = "apgd", norm = "linf";
  bool randomStart = false;
  void describe(OptionVisitor& visitor) override {
    visitor.number({"epsilon", "", ""}, epsilon, {0, most, 1});
    visitor.text({"rule", "", ""}, rule);
    visitor.text({"norm", "", ""}, norm);
    visitor.flag({"random-start", "", ""}, randomStart);
  }
};

}  // namespace

class TestDiagnostics : public QObject {
  Q_OBJECT

  Engine engine_;
  Sample sample_;
  std::string category_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    const AttackCase made;
    engine_ = made.engine;
    sample_ = made.sample;
    category_ = made.category;
    QVERIFY(!category_.empty());
  }

  void diagnosticsSeeWhatWentWrong() {
    const AttackInfo &pgd = attackByKey("pgd"), &hide = attackByKey("hide-depth");
    const auto options = optionsOf(pgd, {{"epsilon", 2}});
    Engine::Evaluated clean, attacked;
    clean.losses = {{"seg", 1.0}};
    attacked.losses = {{"seg", 1.5}};
    attacked.prediction = clean.prediction = engine_.predict(sample_.image);
    AttackResult result;
    result.image = sample_.image + cv::Scalar(2, 2, 0);
    result.norms = measureNorms(sample_.image, result.image);
    result.iterationsDone = 1;
    result.iterations = {{0, 1, 1.0, {{"seg", 1.0}}, {}, 0.5, 0.25},
                         {1, 1, 1.5, {{"seg", 1.5}}, {}}};
    const auto found = [&](const AttackInfo& attack) {
      return diagnose(attack.target != nullptr, *options, sample_.image, result, clean, attacked,
                      attacked.prediction);
    };
    const Diagnostics good = found(pgd);
    QVERIFY(good.warnings.empty());
    QCOMPARE(good.smallestGradient, 0.5);
    QCOMPARE(good.zeroShare, 0.25);
    QVERIFY(good.saturated > 0.6 && good.saturated < 0.67);  // two of three channels, but for 255
    QVERIFY(good.survivesPng.at("segment") && good.survivesPng.at("detect"));
    QCOMPARE(found(hide).warnings.size(), std::size_t{1});  // raised although it is to fall
    result.iterations[0].gradientMax = 0;
    QVERIFY(found(pgd).warnings.at(0).find("exactly zero") != std::string::npos);
    result.iterations[0].gradientMax = 0.5;
    result.iterations[1].objective = 1.00001;
    QVERIFY(found(pgd).warnings.at(0).find("did not move") != std::string::npos);
    result.iterations[1].objective = 0.5;
    attacked.losses["seg"] = 0.5;
    QCOMPARE(found(pgd).warnings.size(), std::size_t{2});
    Prediction other = attacked.prediction;
    other.trainIds = other.trainIds.clone();
    other.trainIds.at<uchar>(0, 0) ^= 1;
    QVERIFY(
        !diagnose(pgd.target != nullptr, *options, sample_.image, result, clean, attacked, other)
             .survivesPng.at("segment"));

    // A rule that keeps its best is judged by that; the other one is told of it.
    result.iterations = {{0, 2, 1.0, {{"target", 1.0}}, {}, 0.5, 0.25},
                         {1, 2, 0.5, {{"target", 0.5}}, {}, 0.5, 0.25},
                         {2, 2, 1.5, {{"target", 1.5}}, {}}};
    const auto warnings = [&](const char* rule) {
      return diagnose(true, *optionsOf(hide, {{"rule", rule}}), sample_.image, result, clean,
                      attacked, attacked.prediction)
          .warnings;
    };
    QVERIFY(warnings("apgd").empty());
    QCOMPARE(warnings("fixed").size(), std::size_t{1});
    QVERIFY(warnings("fixed")[0].ends_with("; --rule apgd halves steps that overshoot"));
  }

  void remediesAreOptionsThatThereAre_data() {
    QTest::addColumn<QByteArray>("attack");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<bool>("zero");
    QTest::addColumn<int>("change");
    QTest::addColumn<QStringList>("remedy");
    const auto row = [](const char* name, const char* attack, const char* values, bool zero,
                        int change, const QStringList& remedy) {
      QTest::newRow(name) << QByteArray(attack) << QByteArray(values) << zero << change << remedy;
    };
    const QStringList start{"random-start", "true", "--random-start true begins elsewhere"};
    const QString bound(
        "nearly all values are at the bound: only a greater --epsilon lets them go on");
    row("gate", "hide-segmentation", R"({"gate": 0.75})", true, 1,
        {"gate", "none", "--gate none lets every pixel take part"});
    row("SegPGD", "pgd", R"({"objective": "segpgd"})", true, 1,
        {"objective", "seg",
         "in its first step SegPGD follows right pixels only: --objective seg follows all"});
    row("no gradient", "pgd", R"({"objective": "seg"})", true, 1, start);
    row("overshoots", "pgd", R"({"objective": "seg"})", false, 1,
        {"rule", "apgd", "--rule apgd halves steps that overshoot"});
    row("held by the bound", "pgd", R"({"epsilon": 2, "rule": "apgd"})", false, 2,
        {"epsilon", "4", bound});
    row("held by no whole bound", "pgd", R"({"epsilon": 2.75, "rule": "apgd"})", false, 2,
        {"epsilon", "5.5", bound});
    row("stuck", "pgd", R"({"epsilon": 2, "rule": "apgd"})", false, 1, start);
    row("nothing left to say", "pgd", R"({"epsilon": 2, "rule": "apgd", "random-start": true})",
        false, 1, {});
  }
  void remediesAreOptionsThatThereAre() {
    const QFETCH(QByteArray, attack);
    const QFETCH(QByteArray, values);
    const QFETCH(bool, zero);
    const QFETCH(int, change);
    const QFETCH(QStringList, remedy);
    const AttackInfo& info = attackByKey(attack.toStdString());
    const auto options = optionsOf(info, nlohmann::json::parse(values.toStdString()));
    Engine::Evaluated clean;
    clean.prediction = engine_.predict(sample_.image);
    AttackResult result;
    result.image = sample_.image.clone();
    for (int y = 0; y < kSmallSize.height; ++y)
      for (int x = 0; x < kSmallSize.width; ++x)
        for (int c = 0; c < 3; ++c) {
          uchar& value = result.image.at<cv::Vec3b>(y, x)[c];
          value = static_cast<uchar>(value < 128 ? value + change : value - change);
        }
    result.norms = measureNorms(sample_.image, result.image);
    result.iterationsDone = 1;
    result.iterations = {{0, 1, 1.0, {{"target", 1.0}}, {}, zero ? 0 : 0.5, 0.25},
                         {1, 1, 1.0, {{"target", 1.0}}, {}}};
    const Diagnostics found = diagnose(info.target != nullptr, *options, sample_.image, result,
                                       clean, clean, clean.prediction);
    QVERIFY(!found.warnings.empty());
    const std::string& said = found.warnings[0];
    if (remedy.isEmpty()) {
      QVERIFY2(said.find("--") == std::string::npos, said.c_str());
      QVERIFY(found.remedies.empty());
      return;
    }
    QVERIFY(!found.remedies.empty());
    const Remedy& first = found.remedies[0];
    QCOMPARE(QString::fromStdString(first.option), remedy[0]);
    QCOMPARE(QString::fromStdString(first.value), remedy[1]);
    QCOMPARE(QString::fromStdString(first.reason), remedy[2]);
    // The sentence is made of it, and what it names can be set.
    QVERIFY2(said.ends_with("; " + first.reason), said.c_str());
    setOption(*options, first.option, first.value);
  }

  void aRemedyOfTwoWarningsIsOne() {
    const AttackInfo& pgd = attackByKey("pgd");
    const auto options = optionsOf(pgd, {{"rule", "apgd"}});
    Engine::Evaluated clean;
    clean.prediction = engine_.predict(sample_.image);
    AttackResult result;
    result.image = sample_.image.clone();
    result.iterationsDone = 1;
    result.iterations = {{0, 1, 1.0, {{"seg", 1.0}}, {}, 0, 1}, {1, 1, 1.0, {{"seg", 1.0}}, {}}};
    const Diagnostics found =
        diagnose(false, *options, sample_.image, result, clean, clean, clean.prediction);
    QCOMPARE(found.warnings.size(), std::size_t{2});
    QCOMPARE(found.remedies.size(), std::size_t{1});
    for (const std::string& warning : found.warnings)
      QVERIFY2(warning.ends_with("; " + found.remedies[0].reason), warning.c_str());
  }

  // The greatest epsilon that there may be is no remedy for itself.
  void epsilonStaysInItsRange() {
    Engine::Evaluated clean;
    clean.prediction = engine_.predict(sample_.image);
    const cv::Mat black = cv::Mat::zeros(sample_.image.size(), CV_8UC3);
    AttackResult result;
    result.image = black + cv::Scalar::all(4);
    result.norms = measureNorms(black, result.image);
    result.iterationsDone = 1;
    result.iterations = {{0, 1, 1.0, {{"seg", 1.0}}, {}, 0.5, 0}, {1, 1, 1.0, {{"seg", 1.0}}, {}}};
    const auto remedy = [&](double most) {
      const Diagnostics found =
          diagnose(false, BoundedOptions(most), black, result, clean, clean, clean.prediction);
      return found.remedies.empty() ? Remedy() : found.remedies[0];
    };
    QCOMPARE(remedy(16).option, std::string("epsilon"));
    QCOMPARE(remedy(16).value, std::string("8"));
    QCOMPARE(remedy(6).value, std::string("6"));
    QCOMPARE(remedy(4).option, std::string("random-start"));
  }
};

QTEST_APPLESS_MAIN(TestDiagnostics)
#include "tst_diagnostics.moc"
