#pragma once

#include <functional>
#include <string_view>

namespace uninet {

enum class LogLevel { debug, info, warning, error };

/// Writes a line to stderr from `info` up, and to the listener. Thread safe. The text is English.
void log(LogLevel level, std::string_view text);
inline void logInfo(std::string_view text) { log(LogLevel::info, text); }
inline void logWarning(std::string_view text) { log(LogLevel::warning, text); }
inline void logError(std::string_view text) { log(LogLevel::error, text); }

/// Called for every line, from whatever thread logs: the window's log tab. Pass {} to remove.
void setLogListener(std::function<void(LogLevel, std::string_view)> listener);

}  // namespace uninet
