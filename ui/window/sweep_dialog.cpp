#include "ui/window/sweep_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/document/text.h"

namespace uninet {

SweepDialog::SweepDialog(const QString& name, int images, const QStringList& missing,
                         QWidget* parent)
    : QDialog(parent),
      name_(name),
      images_(images),
      presets_(new QComboBox(this)),
      help_(new QLabel(this)),
      limit_(new QSpinBox(this)),
      folder_(new QLineEdit(this)),
      state_(new QLabel(this)) {
  setWindowTitle(tr("Evaluate split"));
  presets_->setObjectName(QStringLiteral("sweep-preset"));
  for (const SweepPreset& preset : sweepPresets())
    presets_->addItem(labelText(preset.title), QString::fromUtf8(preset.key));
  help_->setWordWrap(true);
  state_->setWordWrap(true);
  limit_->setObjectName(QStringLiteral("sweep-limit"));
  limit_->setRange(1, images);
  limit_->setValue(std::min(images, 50));
  limit_->setSuffix(tr(" of %1").arg(shownNumber(qint64{images})));
  folder_->setObjectName(QStringLiteral("sweep-folder"));
  auto* browse = new QPushButton(tr("Browse\u2026"), this);
  auto* row = new QHBoxLayout;
  row->addWidget(folder_, 1);
  row->addWidget(browse);
  auto* form = new QFormLayout;
  form->addRow(tr("Plan"), presets_);
  form->addRow(QString(), help_);
  form->addRow(tr("Images"), limit_);
  form->addRow(tr("Results"), row);
  form->addRow(QString(), state_);
  if (!missing.isEmpty()) {
    auto* warning = new QLabel(missing.join(QLatin1Char('\n')), this);
    warning->setObjectName(QStringLiteral("sweep-missing"));
    warning->setWordWrap(true);
    form->addRow(tr("Not measured"), warning);
  }
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
  start->setDefault(true);
  auto* column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addStretch(1);
  column->addWidget(buttons);
  resize(560, 260);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(presets_, &QComboBox::currentIndexChanged, this, &SweepDialog::propose);
  connect(limit_, &QSpinBox::valueChanged, this, &SweepDialog::propose);
  connect(folder_, &QLineEdit::textChanged, this, [this, start] {
    start->setEnabled(!folder_->text().trimmed().isEmpty());
    const bool there = QFileInfo::exists(QString::fromStdString(file().string()));
    state_->setText(there ? tr("There are results in this folder: what is missing is computed.")
                          : QString());
  });
  connect(browse, &QPushButton::clicked, this, [this] {
    const QString chosen =
        QFileDialog::getExistingDirectory(this, tr("Folder for the results"), folder_->text());
    if (!chosen.isEmpty()) folder_->setText(chosen);
  });
  propose();
}

void SweepDialog::propose() {
  help_->setText(
      labelText(sweepPresets()[static_cast<std::size_t>(presets_->currentIndex())].help));
  const QString root = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
  folder_->setText(QDir(root).filePath(QStringLiteral("sweeps/%1-%2-%3")
                                           .arg(presets_->currentData().toString(), name_)
                                           .arg(limit_->value())));
}

SweepPlan SweepDialog::plan() const {
  return presetPlan(presets_->currentData().toString().toStdString());
}

std::size_t SweepDialog::limit() const { return static_cast<std::size_t>(limit_->value()); }

std::filesystem::path SweepDialog::file() const {
  return std::filesystem::path(folder_->text().trimmed().toStdString()) / "results.sqlite";
}

}  // namespace uninet
