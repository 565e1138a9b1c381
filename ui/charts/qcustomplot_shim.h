#pragma once

// QCustomPlot's header is written with Qt's short keywords, which the rest of the program leaves
// out because they break Torch's headers.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
