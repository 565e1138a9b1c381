#include <QApplication>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusServer>
#include <QDBusVariant>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/style/desktop_scheme.h"
#include "ui/style/theme.h"

using namespace uninet;

/// The desktop's portal as far as it is asked.
class FakePortal : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

 public:
  uint preference = 0;

 public Q_SLOTS:
  QDBusVariant Read(const QString& space, const QString& key) {
    const bool asked = space == QLatin1String("org.freedesktop.appearance") &&
                       key == QLatin1String("color-scheme");
    // As the portal does it: a variant in a variant.
    return QDBusVariant(QVariant::fromValue(QDBusVariant(asked ? preference : 99U)));
  }

 Q_SIGNALS:
  void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);
};

class TestTheme : public QObject {
  Q_OBJECT

 public:
  explicit TestTheme(const QString& settings) : settings_(settings) {}

 private:
  QString settings_;

 private Q_SLOTS:
  void init() { QSettings().clear(); }
  void cleanup() {
    delete Theme::instance();
    QVERIFY(Theme::instance() == nullptr);
  }

  void theSystemIsFollowedUntilAPersonChooses() {
    QApplication::setPalette(themePalette(Scheme::dark));
    Theme& theme = Theme::install(*qApp);
    QCOMPARE(&Theme::install(*qApp), &theme);
    QCOMPARE(Theme::instance(), &theme);
    QVERIFY(theme.choice() == Theme::Choice::system);
    QCOMPARE(theme.scheme(), Scheme::dark);

    QSignalSpy changes(&theme, &Theme::changed);
    theme.setChoice(Theme::Choice::light);
    QCOMPARE(theme.scheme(), Scheme::light);
    QTRY_COMPARE(changes.size(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(Scheme::light).window);
    theme.setChoice(Theme::Choice::light);
    theme.setChoice(Theme::Choice::system);
    QCOMPARE(theme.scheme(), Scheme::dark);
    QTRY_COMPARE(changes.size(), 2);  // nothing for the one that was no change
  }

  void choicesAreKept() {
    {
      Theme& theme = Theme::install(*qApp);
      theme.setChoice(Theme::Choice::dark);
      theme.setDensity(metrics::Density::compact);
      delete &theme;
    }
    const Theme& again = Theme::install(*qApp);
    QVERIFY(again.choice() == Theme::Choice::dark);
    QCOMPARE(again.scheme(), Scheme::dark);
    QVERIFY(again.density() == metrics::Density::compact);
    QCOMPARE(themeHeights().row, metrics::heights(metrics::Density::compact).row);
    QVERIFY(QFile::exists(QSettings().fileName()));
    QVERIFY(QSettings().fileName().startsWith(settings_));
  }

  void unknownSettingsAreTheDefaults() {
    QSettings().setValue(QStringLiteral("looks/scheme"), QStringLiteral("pink"));
    QSettings().setValue(QStringLiteral("looks/density"), 7);
    const Theme& theme = Theme::install(*qApp);
    QVERIFY(theme.choice() == Theme::Choice::system);
    QVERIFY(theme.density() == metrics::Density::comfortable);
  }

  void widgetsThatAreThereChange() {
    Theme& theme = Theme::install(*qApp);
    theme.setChoice(Theme::Choice::light);
    QWidget window;
    QPushButton button(QStringLiteral("Stop"), &window);
    window.resize(200, 80);
    QCOMPARE(window.grab().toImage().pixelColor(190, 70), tokens(Scheme::light).window);
    QCoreApplication::processEvents();
    QSignalSpy changes(&theme, &Theme::changed);
    theme.setChoice(Theme::Choice::dark);
    QTRY_COMPARE(changes.size(), 1);
    QCOMPARE(window.grab().toImage().pixelColor(190, 70), tokens(Scheme::dark).window);
    QCOMPARE(schemeOf(button.palette()), Scheme::dark);

    const int comfortable = button.sizeHint().height();
    theme.setDensity(metrics::Density::compact);
    QTRY_COMPARE(changes.size(), 2);
    QVERIFY(button.sizeHint().height() < comfortable);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(Scheme::dark).window);
    theme.setDensity(metrics::Density::comfortable);
    QCOMPARE(button.sizeHint().height(), comfortable);
  }

  void thePortalIsAskedAndListenedTo() {
    FakePortal portal;
    portal.preference = 1;
    QDBusServer server(QStringLiteral("unix:tmpdir=") + settings_);
    QVERIFY2(server.isConnected(), qPrintable(server.lastError().message()));
    server.setAnonymousAuthenticationAllowed(true);
    std::unique_ptr<QDBusConnection> far;
    connect(&server, &QDBusServer::newConnection, this, [&](const QDBusConnection& connection) {
      far = std::make_unique<QDBusConnection>(connection);
      far->registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                          QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
    });
    const QDBusConnection near = QDBusConnection::connectToPeer(server.address(), "desktop");
    QTRY_VERIFY(far != nullptr);

    DesktopScheme desktop(near, QString());
    QVERIFY(!desktop.scheme().has_value());  // not waited for
    QSignalSpy changes(&desktop, &DesktopScheme::changed);
    QTRY_COMPARE(changes.size(), 1);
    QVERIFY(desktop.scheme() == Scheme::dark);

    const QString space = QStringLiteral("org.freedesktop.appearance");
    const QString key = QStringLiteral("color-scheme");
    Q_EMIT portal.SettingChanged(space, QStringLiteral("contrast"), QDBusVariant(2U));
    Q_EMIT portal.SettingChanged(space, key, QDBusVariant(2U));
    QTRY_COMPARE(changes.size(), 2);
    QVERIFY(desktop.scheme() == Scheme::light);
    Q_EMIT portal.SettingChanged(space, key, QDBusVariant(0U));
    QTRY_COMPARE(changes.size(), 3);
    QVERIFY(!desktop.scheme().has_value());
    QDBusConnection::disconnectFromPeer("desktop");
  }

  void withoutABusNothingIsKnown() {
    const DesktopScheme desktop(QDBusConnection(QStringLiteral("none-such")),
                                QStringLiteral("org.freedesktop.portal.Desktop"));
    QVERIFY(!desktop.scheme().has_value());
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  // The desktop of whoever runs the test has no say.
  qunsetenv("DBUS_SESSION_BUS_ADDRESS");
  qputenv("XDG_RUNTIME_DIR", settings.path().toLocal8Bit());
  QApplication application(argc, argv);
  QApplication::setOrganizationName(QStringLiteral("UniNet test"));
  QApplication::setApplicationName(QStringLiteral("theme"));
  TestTheme test(settings.path());
  return QTest::qExec(&test, argc, argv);
}
#include "tst_theme.moc"
