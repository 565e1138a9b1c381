#pragma once

class QMenu;

namespace uninet {

class Document;

/// Adds to `menu` how many metres a unit of the depth files is, where the data that are open have
/// such files: what the data set has, the usual units, or a number that is asked for. Choosing one
/// opens the data anew.
void addDepthUnits(QMenu& menu, Document& document);

}  // namespace uninet
