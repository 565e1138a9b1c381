#include "ui/window/application.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <clocale>

namespace uninet {

void keepPlainNumbers() { std::setlocale(LC_NUMERIC, "C"); }

void prepareApplication(QApplication& application) {
  keepPlainNumbers();
  QApplication::setApplicationName(QStringLiteral("UniNet Workbench"));
  QApplication::setOrganizationName(QStringLiteral("UniNet Workbench"));
  QApplication::setApplicationVersion(QStringLiteral(UNINET_VERSION));
  auto* own = new QTranslator(&application);
  // The English file holds the plurals; it serves where there is no file of the user's language.
  if (own->load(QLocale(), QStringLiteral("uninet"), QStringLiteral("_"),
                QStringLiteral(":/i18n")) ||
      own->load(QStringLiteral(":/i18n/uninet_en")))
    QApplication::installTranslator(own);
  auto* qt = new QTranslator(&application);
  if (qt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
               QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QApplication::installTranslator(qt);
}

}  // namespace uninet
