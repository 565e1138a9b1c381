#pragma once

#include <map>
#include <memory>
#include <set>

#include <QTimer>
#include <QWidget>

#include "ui/panels/film_model.h"

class QLabel;
class QLineEdit;
class QListView;

namespace uninet {

/// The images as a strip of thumbnails with their numbers: a frame around the one that is shown, a
/// dot where there is a run, on request a bar for the damage. A field finds by number, name or
/// city.
class FilmStrip : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kWidth = 96;

  explicit FilmStrip(QWidget* parent = nullptr, qsizetype thumbnailBytes = Thumbnails::kMostBytes);

  /// Forgets groups, marks and damage of the last one.
  void setDataset(std::shared_ptr<const Dataset> data);
  /// Marks an image of the dataset and scrolls to it without telling chosen(); −1: none.
  void setCurrent(int index);
  int current() const;
  /// Images of these groups (cities) only; none: all.
  void setGroups(const std::set<QString>& groups);
  /// Images that there is a run on.
  void setMarked(std::set<int> marked) { model_->setMarked(std::move(marked)); }
  /// Share of its performance that each image lost, 0 … 1; empty: the bars go, and so does an order
  /// by damage. `of`: the run of the results of a split that did it; empty: runs of the session.
  void setDamage(std::map<int, double> damage, const QString& of = {});
  void setOrder(FilmModel::Order order);
  /// How many images are shown, after groups.
  int count() const { return model_->rowCount(); }
  FilmModel& model() { return *model_; }
  /// Puts the keyboard into the field.
  void focusFind();

 Q_SIGNALS:
  void chosen(int index);
  /// The damage of the runs of the session is wanted again.
  void ownRunsRequested();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void find();
  void say(const QString& sentence);
  void showMenu(const QPoint& at);
  void wantVisible();
  void restoreCurrent();

  FilmModel* model_;
  QListView* list_;
  QLabel* empty_;
  QLabel* notFound_;
  QLineEdit* find_;
  QTimer wantSoon_;
  int current_ = -1;
  QString damageOf_;
  bool quiet_ = false;  ///< the current row changes, but not by a person
};

}  // namespace uninet
