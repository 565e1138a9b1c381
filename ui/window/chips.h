#pragma once

#include <QToolButton>

#include "core/session/session.h"

namespace uninet {

class Document;
class Engine;
class FileActions;

/// What is open, in the tool bar: a name, a few words about it, and a menu to open another one.
class Chip : public QToolButton {
  Q_OBJECT
 public:
  static constexpr int kMostName = 240;  ///< pixels

  explicit Chip(QWidget* parent = nullptr);
  void setTexts(const QString& name, const QString& about);
  const QString& name() const { return name_; }
  const QString& about() const { return about_; }
  QSize sizeHint() const override;
  /// Without the words about it, and with no more than kMostName of a name: they give way before a
  /// button of the bar does.
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString name_, about_;
};

/// Name, tasks, size, device, and the name of a second network; where they came from as tool tip.
/// Its menu has the devices where there are more than the CPU.
class NetworkChip : public Chip {
  Q_OBJECT
 public:
  NetworkChip(Document& document, FileActions& files, QWidget* parent = nullptr);

 private:
  void update();
  /// Where it came from and what it is, a line each.
  static QString aboutNetwork(const Engine& engine, const Session::Network& from);
  void fillDevices();

  Document& document_;
  QMenu* devices_;
};

/// Name, split and number of images; its menu has the splits and the cities.
class DataChip : public Chip {
  Q_OBJECT
 public:
  DataChip(Document& document, FileActions& files, QWidget* parent = nullptr);

 Q_SIGNALS:
  /// Only images of this city shall be listed; empty: all.
  void groupChosen(const QString& group);

 private:
  void update();
  void fill(FileActions& files);

  Document& document_;
  QString group_;
};

}  // namespace uninet
