#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>
#include <filesystem>
#include <map>
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
constexpr const char* kFigureNames[] = {"Attacked objective",
                                        "Attacked task",
                                        "Box regression",
                                        "Centreness",
                                        "Classification",
                                        "Clean",
                                        "Cosine",
                                        "Difference of ratios",
                                        "Geometric",
                                        "Height (px)",
                                        "Instances",
                                        "Level",
                                        "Linear CKA",
                                        "Loss",
                                        "Mask codes",
                                        "Mean loss",
                                        "Metric ratio",
                                        "Multi-task",
                                        "Random signs",
                                        "Semantic",
                                        "Share of equal signs",
                                        "Share of the damage",
                                        "Task",
                                        "Uniform noise",
                                        "Width (px)",
                                        "Width / height"};

/// Everything that is declared below the window and shown in it.
std::set<QString> labelsBelow() {
  std::set<QString> labels;
  const auto add = [&labels](const char* text) { labels.insert(QString::fromUtf8(text)); };
  for (const TaskInfo& info : tasks()) {
    add(info.title);
    add(info.metricTitle);
  }
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
  }
  for (const char* name : kFigureNames) add(name);
  labels.erase(QString());
  return labels;
}

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
  std::map<Key, Entry> sources_, german_, english_;

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
    german_ = entriesOf(root + "/translations/uninet_de.ts");
    english_ = entriesOf(root + "/translations/uninet_en.ts");
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

  void everyTextOfTheWindowIsGerman() {
    QStringList missing;
    for (const auto& [key, source] : sources_) {
      const auto found = german_.find(key);
      if (found == german_.end() || found->second.numerus != source.numerus ||
          found->second.translations.size() != (source.numerus ? 2 : 1) ||
          found->second.translations.contains(QString()))
        missing << text(key);
    }
    QCOMPARE(printed(missing), qsizetype{0});
  }

  void everyLabelBelowTheWindowIsGerman() {
    QStringList missing;
    for (const QString& label : labelsBelow()) {
      const auto found = german_.find({"uninet", label});
      if (found == german_.end() || found->second.translations.value(0).isEmpty()) missing << label;
    }
    QCOMPARE(printed(missing), qsizetype{0});
  }

  void everyPluralIsEnglish() {
    QStringList missing;
    for (const auto& [key, source] : sources_) {
      if (!source.numerus) continue;
      const auto found = english_.find(key);
      if (found == english_.end() || found->second.translations.size() != 2) missing << text(key);
    }
    QCOMPARE(printed(missing), qsizetype{0});
  }

  // What is not used any more is not translated either.
  void nothingIsLeftOver() {
    const std::set<QString> labels = labelsBelow();
    QStringList left;
    for (const auto* file : {&german_, &english_})
      for (const auto& [key, entry] : *file)
        if (!sources_.contains(key) && !(key.first == "uninet" && labels.contains(key.second)))
          left << text(key);
    QCOMPARE(printed(left), qsizetype{0});
  }

  void placeholdersAreKept() {
    for (const auto* file : {&german_, &english_})
      for (const auto& [key, entry] : *file)
        for (qsizetype i = 0; i < entry.translations.size(); ++i) {
          QStringList expected = placeholders(key.second);
          QStringList found = placeholders(entry.translations[i]);
          if (entry.numerus && i == 0) {  // "one image"
            expected.removeAll("n");
            found.removeAll("n");
          }
          QVERIFY2(found == expected, qPrintable(text(key)));
        }
  }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
