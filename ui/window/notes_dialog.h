#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace uninet {

class Document;

/// The notes of the session, in a window that stays open beside the main one. What is typed is in
/// the session at once; closing needs no answer.
class NotesDialog : public QDialog {
  Q_OBJECT
 public:
  explicit NotesDialog(Document& document, QWidget* parent = nullptr);

 private:
  void read();

  Document& document_;
  QPlainTextEdit* text_;
};

}  // namespace uninet
