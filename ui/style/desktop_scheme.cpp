#include "ui/style/desktop_scheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>

namespace uninet {
namespace {

const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kSpace = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

/// Whether there is a bus that can be reached at once: without an address the library would start
/// one and wait for it.
bool sessionHasBus() {
  if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return true;
  const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
  return !folder.isEmpty() && QFileInfo::exists(folder + QStringLiteral("/bus"));
}

}  // namespace

DesktopScheme::DesktopScheme(QObject* parent) : QObject(parent) {
  if (sessionHasBus())
    follow(QDBusConnection::sessionBus(), QStringLiteral("org.freedesktop.portal.Desktop"));
}

DesktopScheme::DesktopScheme(QDBusConnection connection, const QString& service, QObject* parent)
    : QObject(parent) {
  follow(std::move(connection), service);
}

void DesktopScheme::follow(QDBusConnection connection, const QString& service) {
  if (!connection.isConnected()) return;
  // Qt 6.4 finds the slot's types by name, and this one has none before it is asked for.
  qRegisterMetaType<QDBusVariant>();
  connection.connect(service, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                     SLOT(settingChanged(QString, QString, QDBusVariant)));
  QDBusMessage question =
      QDBusMessage::createMethodCall(service, kPath, kInterface, QStringLiteral("Read"));
  question << kSpace << kKey;
  auto* answer = new QDBusPendingCallWatcher(connection.asyncCall(question), this);
  connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
    answer->deleteLater();
    const QDBusPendingReply<QDBusVariant> reply = *answer;
    if (!reply.isError()) take(reply.value().variant());
  });
}

void DesktopScheme::settingChanged(const QString& space, const QString& key,
                                   const QDBusVariant& value) {
  if (space == kSpace && key == kKey) take(value.variant());
}

void DesktopScheme::take(const QVariant& value) {
  // Read() wraps the number in one variant more than the signal does.
  const QVariant inner =
      value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
  std::optional<Scheme> scheme;
  if (inner.toUInt() == 1) scheme = Scheme::dark;
  if (inner.toUInt() == 2) scheme = Scheme::light;
  if (scheme == scheme_) return;
  scheme_ = scheme;
  Q_EMIT changed();
}

}  // namespace uninet
