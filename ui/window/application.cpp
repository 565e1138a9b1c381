#include "ui/window/application.h"

#include <QApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <clocale>

#include "ui/style/fonts.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

namespace uninet {
namespace {

const QString kLanguageSetting = QStringLiteral("looks/language");
const QString kOwnFile = QStringLiteral("uninet"), kOwnFolder = QStringLiteral(":/i18n");

/// What is installed now; both belong to the application object.
constexpr const char* kOwnTranslator = "uninet.translator";
constexpr const char* kQtTranslator = "uninet.qtTranslator";

bool known(const QString& code) {
  for (const Language& language : languages())
    if (language.code == code) return true;
  return false;
}

/// The locale that the program was started in.
const QLocale& startLocale() {
  static const QLocale locale;
  return locale;
}

/// Takes the place of the translator of that name if `load` succeeds; without it there is none.
template <typename Load>
void replaceTranslator(const char* name, const Load& load) {
  delete qApp->findChild<QTranslator*>(QLatin1String(name), Qt::FindDirectChildrenOnly);
  auto* translator = new QTranslator(qApp);
  translator->setObjectName(QLatin1String(name));
  if (load(*translator))
    QCoreApplication::installTranslator(translator);
  else
    delete translator;
}

void applyLanguage(const QString& code) {
  const QLocale locale = code.isEmpty() ? startLocale() : QLocale(code);
  QLocale::setDefault(locale);
  const QString separator = QStringLiteral("_");
  replaceTranslator(kOwnTranslator, [&](QTranslator& own) {
    // The English file holds the plurals; it serves where there is no file of the user's language.
    return (!code.isEmpty() && own.load(kOwnFile + separator + code, kOwnFolder)) ||
           own.load(locale, kOwnFile, separator, kOwnFolder) ||
           own.load(kOwnFile + QStringLiteral("_en"), kOwnFolder);
  });
  replaceTranslator(kQtTranslator, [&](QTranslator& qt) {
    return qt.load(locale, QStringLiteral("qtbase"), separator,
                   QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  });
  keepPlainNumbers();
}

}  // namespace

void keepPlainNumbers() { std::setlocale(LC_NUMERIC, "C"); }

void prepareApplication(QApplication& application) {
  QApplication::setApplicationName(QStringLiteral("UniNet Workbench"));
  QApplication::setOrganizationName(QStringLiteral("UniNet Workbench"));
  QApplication::setApplicationVersion(QStringLiteral(UNINET_VERSION));
  QApplication::setWindowIcon(applicationIcon());
  QGuiApplication::setDesktopFileName(QStringLiteral("uninet-workbench"));
  startLocale();
  Theme::install(application);
  applyLanguage(language());
}

QList<Language> languages() {
  QList<Language> found;
  const Language all[] = {{QStringLiteral("de"), QStringLiteral("Deutsch")},
                          {QStringLiteral("en"), QStringLiteral("English")},
                          {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
  for (const Language& language : all)
    if (QFile::exists(QStringLiteral("%1/%2_%3.qm").arg(kOwnFolder, kOwnFile, language.code)))
      found << language;
  return found;
}

QString languageLabel(const Language& language, bool chineseFont) {
  if (chineseFont || !language.code.startsWith(QLatin1String("zh"))) return language.name;
  return QCoreApplication::translate("uninet::MainWindow", "%1 (Chinese: needs the package %2)")
      .arg(language.name, QString::fromUtf8(kChineseFontPackage));
}

QString language() {
  const QString code = QSettings().value(kLanguageSetting).toString();
  return known(code) ? code : QString();
}

void setLanguage(const QString& code) {
  const QString taken = known(code) ? code : QString();
  QSettings().setValue(kLanguageSetting, taken);
  applyLanguage(taken);
}

}  // namespace uninet
