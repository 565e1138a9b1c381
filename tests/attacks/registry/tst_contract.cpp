#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <QtTest>
#include <string_view>

#include "attacks/methods/noise.h"
#include "attacks/registry/contract.h"
#include "core/base/error.h"
#include "model/network/network.h"
#include "support/attack_case.h"

using namespace uninet;

namespace {

struct NoEpsilon : OptionsOf<NoEpsilon> {
  bool flag = false;
  void describe(OptionVisitor& visitor) override {
    visitor.flag({"flag", "Flag", "A flag."}, flag);
  }
};
/// Says another value than it takes.
struct Forgetful : OptionsOf<Forgetful> {
  double epsilon = 1;
  std::unique_ptr<Options> clone() const override { return std::make_unique<Forgetful>(); }
  void describe(OptionVisitor& visitor) override {
    visitor.number({"epsilon", "Epsilon", "Size."}, epsilon, {0, 255, 1});
    epsilon += 1;
  }
};

template <class Struct>
std::unique_ptr<Options> make() {
  return std::make_unique<Struct>();
}

/// An attack that keeps everything, and what another one does to its result.
template <void (*Spoil)(const AttackInput&, const NoiseOptions&, AttackResult&)>
AttackResult spoilt(const AttackInput& input, const Options& options, const Progress& progress,
                    const IterationCallback& callback) {
  AttackResult result = runUniformNoise(input, options, progress, callback);
  Spoil(input, dynamic_cast<const NoiseOptions&>(options), result);
  return result;
}

void nothing(const AttackInput&, const NoiseOptions&, AttackResult&) {}
void always(const AttackInput&, const NoiseOptions&, AttackResult& result) {
  result.image = result.image + cv::Scalar(1, 1, 1);
}
void writes(const AttackInput& input, const NoiseOptions&, AttackResult&) {
  cv::Mat shared = input.sample.image;
  shared.at<uchar>(0, 0) ^= 1;
}
void leavesTheRegion(const AttackInput& input, const NoiseOptions& options, AttackResult& result) {
  if (!input.region.empty() && options.ball.epsilon > 1) result.image.at<uchar>(0, 0) ^= 1;
}
void leavesTheBall(const AttackInput& input, const NoiseOptions& options, AttackResult& result) {
  if (options.ball.epsilon > 3) result.image = 255 - input.sample.image;
}
void counts(const AttackInput&, const NoiseOptions&, AttackResult& result) {
  static int calls = 0;
  result.image.at<uchar>(0, 0) = static_cast<uchar>(++calls);
}
void trains(const AttackInput& input, const NoiseOptions&, AttackResult&) {
  const at::NoGradGuard ungraded;
  input.engine.network().weights.entries()[0].tensor.add_(1e-3);
}
void freezes(const AttackInput& input, const NoiseOptions&, AttackResult&) {
  for (WeightEntry& entry : input.engine.network().weights.entries())
    entry.tensor.set_requires_grad(false);
}
void goesOn(const AttackInput&, const NoiseOptions&, AttackResult& result) {
  result.cancelled = false;
}

template <void (*Spoil)(const AttackInput&, const NoiseOptions&, AttackResult&)>
AttackInfo attackThat() {
  return {"spoilt", "Spoilt", "A test.", make<NoiseOptions>, spoilt<Spoil>};
}

}  // namespace

/// Each rule of the contract finds the attack that breaks it.
class TestContract : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void findsWhatIsBroken_data() {
    QTest::addColumn<AttackInfo>("attack");
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const AttackInfo& attack, const QStringList& rules,
                        const char* says) { QTest::newRow(name) << attack << rules << says; };
    row("nothing", attackThat<nothing>(), {}, "");
    row("no epsilon", {"a", "A", "A.", make<NoEpsilon>, runUniformNoise}, {"options"},
        "no option epsilon");
    row("forgetful", {"a", "A", "A.", make<Forgetful>, runUniformNoise}, {"options"},
        "is not kept");
    row("changes at epsilon 0", attackThat<always>(), {"zero", "ball"}, "differs");
    row("writes into its input", attackThat<writes>(), {"input"}, "that was given");
    row("leaves the region", attackThat<leavesTheRegion>(), {"ball"}, "outside the region");
    row("leaves the ball", attackThat<leavesTheBall>(), {"ball"}, "from the clean image");
    row("counts calls", attackThat<counts>(), {"seed"}, "differ");
    row("trains", attackThat<trains>(), {"weights"}, "another afterwards");
    row("freezes", attackThat<freezes>(), {"weights"}, "no more");
    row("goes on", attackThat<goesOn>(), {"stop"}, "stopped");
  }

  void findsWhatIsBroken() {
    const QFETCH(AttackInfo, attack);
    const QFETCH(QStringList, rules);
    const QFETCH(QString, says);
    QStringList broken, sentences;
    for (const ContractRule& rule : contractRules()) {
      // Those without the options of noise are asked for them alone.
      if (attack.makeOptions != make<NoiseOptions> && std::string_view(rule.key) != "options")
        continue;
      const AttackCase fresh;
      const std::string sentence = rule.broken(attack, fresh, nlohmann::json::object());
      if (sentence.empty()) continue;
      broken << rule.key;
      sentences << QString::fromStdString(sentence);
    }
    for (const QString& rule : rules)
      QVERIFY2(broken.contains(rule), qPrintable(broken.join(", ")));
    QCOMPARE(broken.isEmpty(), rules.isEmpty());
    QVERIFY2(sentences.join('\n').contains(says), qPrintable(sentences.join('\n')));
  }

  void optionsAreThoseThatTheAttackHas() {
    const AttackCase on;
    for (const AttackInfo& attack : attacks()) {
      const auto options =
          contractOptions(attack, on, {{"epsilon", 3}, {"no-such-option", 1}, {"seed", 5}});
      const nlohmann::json values = toJson(*options);
      QCOMPARE(values.at("epsilon").get<double>(), 3.0);
      if (values.contains("iterations")) QVERIFY(values["iterations"].get<double>() <= 6);
      if (values.contains("category")) QCOMPARE(values["category"].get<std::string>(), on.category);
    }
    QVERIFY_THROWS_EXCEPTION(Error, contractOptions(attackByKey("pgd"), on, {{"epsilon", -5}}));
  }
};

QTEST_APPLESS_MAIN(TestContract)
#include "tst_contract.moc"
