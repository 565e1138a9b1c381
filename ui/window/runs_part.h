#pragma once

#include <QObject>

class QWidget;

namespace uninet {

class AttackPanel;
class Document;
class RunsPanel;

/// The kept runs of the document in their panel.
class RunsPart : public QObject {
  Q_OBJECT
 public:
  RunsPart(Document& document, RunsPanel& panel, QWidget* window);

 Q_SIGNALS:
  /// Two runs are about to be laid over each other.
  void wiped();

 private:
  void refresh();
  void copyCommand(qint64 id);
  void exportRuns(const std::vector<std::int64_t>& ids);
  void askBudget();

  Document& document_;
  RunsPanel& panel_;
  QWidget* window_;
};

}  // namespace uninet
