#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "attacks/registry/registry.h"
#include "attacks/sweep/sweep_plan.h"
#include "core/base/files.h"
#include "core/data/class_table.h"
#include "core/data/tasks.h"

using namespace uninet;

namespace {

/// Context and source text.
using Key = std::pair<QString, QString>;

struct Entry {
  bool numerus = false;
  QStringList translations;  ///< one, or one a plural form
};

std::map<Key, Entry> entriesOf(const QString& file) {
  std::map<Key, Entry> entries;
  QXmlStreamReader xml(QByteArray::fromStdString(readTextFile(file.toStdString())));
  QString context, source;
  Entry entry;
  while (!xml.atEnd()) {
    xml.readNext();
    if (xml.isEndElement() && xml.name() == QLatin1String("message"))
      entries[{context, source}] = entry;
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("name")) {
      context = xml.readElementText();
    } else if (xml.name() == QLatin1String("message")) {
      entry = {xml.attributes().value("numerus") == QLatin1String("yes"), {}};
    } else if (xml.name() == QLatin1String("source")) {
      source = xml.readElementText();
    } else if (xml.name() == QLatin1String("numerusform")) {
      entry.translations << xml.readElementText();
    } else if (xml.name() == QLatin1String("translation") && !entry.numerus) {
      entry.translations << xml.readElementText();
    }
  }
  return entries;
}

/// What the options of one attack show.
class Labels : public OptionVisitor {
 public:
  explicit Labels(std::set<QString>& labels) : labels_(labels) {}
  void number(const OptionInfo& info, double&, const Range&) override { add(info); }
  void integer(const OptionInfo& info, std::int64_t&, const Range&) override { add(info); }
  void flag(const OptionInfo& info, bool&) override { add(info); }
  void text(const OptionInfo& info, std::string&) override { add(info); }
  void choice(const OptionInfo& info, std::string&, std::span<const Choice> choices) override {
    add(info);
    for (const Choice& choice : choices) labels_.insert(QString::fromUtf8(choice.label));
  }

 private:
  void add(const OptionInfo& info) {
    labels_.insert(QString::fromUtf8(info.label));
    labels_.insert(QString::fromUtf8(info.help));
    for (const SpecialValue& special : info.specials)
      labels_.insert(QString::fromUtf8(special.label));
  }
  std::set<QString>& labels_;
};

/// Names of series, axes and groups in figures, which core makes.
constexpr const char* kFigureNames[] = {"Aspect ratio",
                                        "Attacked objective",
                                        "Attacked task",
                                        "Box regression",
                                        "Box regression loss",
                                        "By label",
                                        "By location",
                                        "By object",
                                        "Centreness",
                                        "Classification",
                                        "Classification loss",
                                        "Clean",
                                        "Column under row minus row under column",
                                        "Cosine",
                                        "Difference of ratios",
                                        "Flipped",
                                        "Geometric",
                                        "Height (px)",
                                        "Hidden from\ndepth",
                                        "Hidden from\nsegmentation",
                                        "Input gradients of the losses",
                                        "Instances",
                                        "Level",
                                        "Linear CKA",
                                        "Loss",
                                        "Mask codes",
                                        "Mean loss",
                                        "Metric ratio",
                                        "Metric ratio over epsilon",
                                        "Multi-task",
                                        "PGD on groups of losses",
                                        "PGD on single losses",
                                        "Random signs",
                                        "Relative drift",
                                        "Semantic",
                                        "Shape bias",
                                        "Shape bias: selection and regression",
                                        "Share of equal signs",
                                        "Share of the damage",
                                        "Share of the damage that one level carries",
                                        "Similarity to the clean features",
                                        "Task",
                                        "Uniform noise",
                                        "What an attack leaves of each task",
                                        "What the attacks move, by level",
                                        "Who depends on whom",
                                        "Width (px)",
                                        "Width / height",
                                        "aspect ratio",
                                        "done by attacked ones",
                                        "each object",
                                        "step",
                                        "undone by clean features"};

/// Everything that is declared below the window and shown in it.
std::set<QString> labelsBelow() {
  std::set<QString> labels;
  const auto add = [&labels](const char* text) { labels.insert(QString::fromUtf8(text)); };
  for (const TaskInfo& info : tasks()) {
    add(info.title);
    add(info.metricTitle);
  }
  for (const TaskInfo& info : auxiliaryTasks()) add(info.title);
  for (const SemanticClass& info : cityscapesClasses()->semantic) add(info.name.c_str());
  for (const SemanticClass& info : nyuv2Classes()->semantic) add(info.name.c_str());
  for (const AttackPreset& preset : attackPresets()) {
    add(preset.name);
    add(preset.help);
  }
  for (const SweepPreset& preset : sweepPresets()) {
    add(preset.title);
    add(preset.help);
  }
  for (const AttackInfo& info : attacks()) {
    add(info.title);
    add(info.help);
    Labels visitor(labels);
    info.makeOptions()->describe(visitor);
    // What a label says may hang on a choice.
    for (const OptionRow& row : optionTable(*info.makeOptions()))
      for (const std::string& choice : row.choices) {
        const auto chosen = info.makeOptions();
        nlohmann::json value;
        value[row.key] = choice;
        fromJson(*chosen, value);
        chosen->describe(visitor);
      }
  }
  for (const char* name : kFigureNames) add(name);
  labels.erase(QString());
  return labels;
}

/// A language that every text is in.
struct Complete {
  const char* code;
  qsizetype plurals;  ///< forms of a text with a number
};
constexpr Complete kComplete[] = {{"de", 2}, {"zh_CN", 1}};

QString text(const Key& key) { return key.first + ": " + key.second; }

/// Each on a line of its own: a failure's text is cut off after a few of them. Their number.
qsizetype printed(const QStringList& texts) {
  for (const QString& one : texts) qWarning("%s", qPrintable(one));
  return texts.size();
}

/// "%1 %2 %n" of a text, in order.
QStringList placeholders(const QString& text) {
  static const QRegularExpression kPlace("%L?(\\d|n)");
  QStringList found;
  for (auto match = kPlace.globalMatch(text); match.hasNext();) found << match.next().captured(1);
  found.sort();
  found.removeDuplicates();
  return found;
}

}  // namespace

class TestTranslations : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::map<Key, Entry> sources_;
  std::map<QString, std::map<Key, Entry>> languages_;  ///< by code, English among them

  static void addLanguages() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<qsizetype>("plurals");
    for (const Complete& language : kComplete)
      QTest::newRow(language.code) << QString(language.code) << language.plurals;
  }

 private Q_SLOTS:
  void initTestCase() {
    const QString root = QStringLiteral(UNINET_SOURCE_DIR);
    const QString file = folder_.filePath("sources.ts");
    QProcess lupdate;
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    lupdate.start(QStringLiteral(UNINET_LUPDATE),
                  {"-I", root, "-no-obsolete", root + "/ui", "-ts", file});
    QVERIFY(lupdate.waitForFinished(120000));
    QVERIFY2(lupdate.exitCode() == 0, lupdate.readAll().constData());
    sources_ = entriesOf(file);
    languages_["en"] = entriesOf(root + "/translations/uninet_en.ts");
    for (const Complete& language : kComplete)
      languages_[language.code] = entriesOf(root + "/translations/uninet_" + language.code + ".ts");
    QVERIFY(sources_.size() > 150);
    QVERIFY(sources_.contains({"uninet::AttackPanel", "Run"}));
  }

  // A text that goes through a function of one's own is filed by lupdate under another context than
  // the one in which it is looked up: it stays English, and no list shows it.
  void everyTextStandsWhereItIsLookedUp() {
    static const QRegularExpression kIndirect("translate\\(\\s*\"([^\"]+)\",\\s*[^\"\\s]");
    QStringList found;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(UNINET_SOURCE_DIR) + "/ui")) {
      const QString name = QString::fromStdString(entry.path().filename().string());
      if (!name.endsWith(".cpp") && !name.endsWith(".h")) continue;
      QFile file(QString::fromStdString(entry.path().string()));
      QVERIFY(file.open(QIODevice::ReadOnly));
      auto match = kIndirect.globalMatch(QString::fromUtf8(file.readAll()));
      // labelText() is for what is declared below the window: its labels have a list of their own.
      while (match.hasNext())
        if (const QString context = match.next().captured(1); context != "uninet")
          found << name + ": " + context;
    }
    QCOMPARE(printed(found), qsizetype{0});
  }

  void everyTextOfTheWindowIsTranslated_data() { addLanguages(); }
  void everyTextOfTheWindowIsTranslated() {
    const QFETCH(QString, code);
    const QFETCH(qsizetype, plurals);
    const std::map<Key, Entry>& entries = languages_[code];
    QStringList missing;
    for (const auto& [key, source] : sources_) {
      const auto found = entries.find(key);
      if (found == entries.end() || found->second.numerus != source.numerus ||
          found->second.translations.size() != (source.numerus ? plurals : 1) ||
          found->second.translations.contains(QString()))
        missing << text(key);
    }
    QCOMPARE(printed(missing), qsizetype{0});
  }

  void everyLabelBelowTheWindowIsTranslated_data() { addLanguages(); }
  void everyLabelBelowTheWindowIsTranslated() {
    const QFETCH(QString, code);
    const std::map<Key, Entry>& entries = languages_[code];
    QStringList missing;
    for (const QString& label : labelsBelow()) {
      const auto found = entries.find({"uninet", label});
      if (found == entries.end() || found->second.translations.value(0).isEmpty()) missing << label;
    }
    QCOMPARE(printed(missing), qsizetype{0});
  }

  void everyPluralIsEnglish() {
    const std::map<Key, Entry>& english = languages_["en"];
    QStringList missing;
    for (const auto& [key, source] : sources_) {
      if (!source.numerus) continue;
      const auto found = english.find(key);
      if (found == english.end() || found->second.translations.size() != 2) missing << text(key);
    }
    QCOMPARE(printed(missing), qsizetype{0});
  }

  // What is not used any more is not translated either.
  void nothingIsLeftOver() {
    const std::set<QString> labels = labelsBelow();
    QStringList left;
    for (const auto& [code, entries] : languages_)
      for (const auto& [key, entry] : entries)
        if (!sources_.contains(key) && !(key.first == "uninet" && labels.contains(key.second)))
          left << code + ", " + text(key);
    QCOMPARE(printed(left), qsizetype{0});
  }

  void placeholdersAreKept() {
    for (const auto& [code, entries] : languages_)
      for (const auto& [key, entry] : entries)
        for (qsizetype i = 0; i < entry.translations.size(); ++i) {
          QStringList expected = placeholders(key.second);
          QStringList found = placeholders(entry.translations[i]);
          if (i == 0 && entry.translations.size() > 1) {  // "one image"
            expected.removeAll("n");
            found.removeAll("n");
          }
          QVERIFY2(found == expected, qPrintable(code + ", " + text(key)));
        }
  }

  // Keys, line breaks and marks are what the window works with; an accelerator in Chinese stands in
  // brackets behind the text.
  void whatTheWindowWorksWithIsKept_data() { addLanguages(); }
  void whatTheWindowWorksWithIsKept() {
    const QFETCH(QString, code);
    static const QRegularExpression kBehind("^[^&]*[^&\\s]\\(&[A-Z]\\)\u2026?$");
    QStringList wrong;
    for (const auto& [key, entry] : languages_[code])
      for (const QString& translation : entry.translations) {
        const QString& source = key.second;
        const bool accelerator = source.contains('&');
        if (accelerator != translation.contains('&') ||
            (accelerator && code == "zh_CN" && !kBehind.match(translation).hasMatch()) ||
            source.count('\n') != translation.count('\n') ||
            source.count('<') != translation.count('<') ||
            (source.startsWith("Ctrl+") && source.size() < 14 && translation != source))
          wrong << text(key);
      }
    QCOMPARE(printed(wrong), qsizetype{0});
  }

  // One thing has one word: these are the other words for a default, a target, what was not
  // attacked, the paper, a metric, multi-task.
  void germanHasOneWordForOneThing() {
    static const QRegularExpression kOthers(
        "\\b(Vorgaben?|saubere?[mnrs]?|Artikels?|Ma(ß|ße|ßen)|Multitask|Objekttiefe)\\b",
        QRegularExpression::UseUnicodePropertiesOption);
    QStringList found;
    for (const auto& [key, entry] : languages_["de"])
      for (const QString& translation : entry.translations)
        if (translation.contains(kOthers)) found << text(key);
    QCOMPARE(printed(found), qsizetype{0});
  }

  // Beside a Chinese character stands a Chinese mark.
  void chineseHasItsOwnMarks() {
    static const QRegularExpression kLatin(
        "[\\x{4e00}-\\x{9fff}][,.:;?!]|[,;?!][\\x{4e00}-\\x{9fff}]");
    QStringList found;
    for (const auto& [key, entry] : languages_["zh_CN"])
      for (QString translation : entry.translations)
        if (translation.remove(";;").contains(kLatin)) found << text(key);  // of file filters
    QCOMPARE(printed(found), qsizetype{0});
  }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
