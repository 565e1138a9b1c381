#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <optional>

#include "ui/style/colours.h"

namespace uninet {

/// What the desktop wants, from the portal's setting org.freedesktop.appearance color-scheme. It is
/// asked once and then listened to, never waited for.
class DesktopScheme : public QObject {
  Q_OBJECT

 public:
  /// The portal on the session's bus; says nothing where there is none. Other connections and an
  /// empty service are for tests, which have a bus of their own.
  explicit DesktopScheme(QObject* parent = nullptr);
  DesktopScheme(QDBusConnection connection, const QString& service, QObject* parent = nullptr);

  /// Nothing: not answered yet, no portal, or no preference.
  std::optional<Scheme> scheme() const { return scheme_; }

 Q_SIGNALS:
  void changed();

 private Q_SLOTS:
  void settingChanged(const QString& space, const QString& key, const QDBusVariant& value);

 private:
  void follow(QDBusConnection connection, const QString& service);
  void take(const QVariant& value);

  std::optional<Scheme> scheme_;
};

}  // namespace uninet
