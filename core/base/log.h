#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace uninet {

enum class LogLevel { debug, info, warning, error };

/// Writes a line to stderr (from `info` up unless set otherwise) and to the log file, if there is
/// one. Thread safe. The text is English.
void log(LogLevel level, std::string_view text);
inline void logInfo(std::string_view text) { log(LogLevel::info, text); }
inline void logWarning(std::string_view text) { log(LogLevel::warning, text); }
inline void logError(std::string_view text) { log(LogLevel::error, text); }

void setLogLevel(LogLevel level);
/// Also append to this file, rotated at 5 MB. Throws Error if it cannot be opened.
void setLogFile(const std::filesystem::path& file);
/// Called for every line, from whatever thread logs: the window's log tab. Pass {} to remove.
void setLogListener(std::function<void(LogLevel, std::string_view)> listener);

}  // namespace uninet
