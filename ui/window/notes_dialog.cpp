#include "ui/window/notes_dialog.h"

#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/style/metrics.h"

namespace uninet {

NotesDialog::NotesDialog(Document& document, QWidget* parent)
    : QDialog(parent), document_(document), text_(new QPlainTextEdit(this)) {
  setWindowTitle(tr("Notes of the session"));
  resize(420, 320);
  text_->setObjectName(QStringLiteral("notes"));
  text_->setAccessibleName(tr("Notes of the session"));
  text_->setPlaceholderText(tr("What this session is about, what was found, what is next"));
  // Tab leaves the field, as it does everywhere.
  text_->setTabChangesFocus(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::kGap, metrics::kGap, metrics::kGap, metrics::kGap);
  column->addWidget(text_);
  connect(text_, &QPlainTextEdit::textChanged, this,
          [this] { document_.setNotes(text_->toPlainText()); });
  connect(&document, &Document::notesChanged, this, &NotesDialog::read);
  connect(&document, &Document::sessionOpened, this, &NotesDialog::read);
  read();
}

void NotesDialog::read() {
  const QString notes = QString::fromStdString(document_.session().notes);
  // The cursor stays where it is being typed.
  if (notes == text_->toPlainText()) return;
  const QSignalBlocker reading(text_);
  text_->setPlainText(notes);
}

}  // namespace uninet
