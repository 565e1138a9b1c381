#include "app/man_page.h"

#include <CLI/CLI.hpp>
#include <string_view>

#include "core/base/error.h"

namespace uninet {
namespace {

/// As text of man(7): no character of it is a command or typographic.
std::string escaped(std::string_view text) {
  std::string made;
  bool lineBegins = true;
  for (const char c : text) {
    if (lineBegins && (c == '.' || c == '\'')) made += "\\&";
    lineBegins = c == '\n';
    if (c == '\\')
      made += "\\e";
    else if (c == '-')
      made += "\\-";
    else
      made += c;
  }
  return made;
}

/// The argument of a macro, in quotes.
std::string macroArgument(std::string_view text) {
  std::string made = "\"";
  for (const char c : escaped(text)) made += c == '"' ? std::string("\\(dq") : std::string(1, c);
  return made + '"';
}

/// "--data", "--x, --no-x", "path": without CLI11's "{false}" behind the negation of a flag.
std::string namesOf(const CLI::Option& option) {
  std::string names = option.get_name(false, true);
  for (std::size_t open = names.find('{'); open != std::string::npos; open = names.find('{'))
    names.erase(open, names.find('}', open) - open + 1);
  for (std::size_t comma = names.find(','); comma != std::string::npos;
       comma = names.find(',', comma + 2))
    names.insert(comma + 1, " ");
  return names;
}

std::string optionText(const CLI::Option& option) {
  const std::string type = option.get_items_expected() == 0 ? "" : option.get_type_name();
  return concat(".TP\n\\fB", escaped(namesOf(option)), "\\fR",
                type.empty() ? "" : " \\fI" + escaped(type) + "\\fR", "\n",
                escaped(option.get_description()), "\n");
}

/// All options, group by group, those of "Options" without a heading.
std::string optionsText(const CLI::App& app) {
  std::string made;
  for (const std::string& group : app.get_groups()) {
    std::string listed;
    for (const CLI::Option* option : app.get_options())
      if (option->get_group() == group && option != app.get_help_ptr())
        listed += optionText(*option);
    if (group.empty() || listed.empty()) continue;
    if (group != "Options") made += ".PP\n" + escaped(group) + ":\n";
    made += listed;
  }
  return made;
}

std::string commandText(const CLI::App& command) {
  const std::string footer = command.get_footer();
  return concat(".SS ", macroArgument("uninet " + command.get_name()), "\n",
                escaped(command.get_description()), ".\n", optionsText(command),
                footer.empty() ? "" : concat(".PP\n.nf\n", escaped(footer), "\n.fi\n"));
}

}  // namespace

std::string manualPage(const CLI::App& program) {
  std::string made = concat(
      ".TH UNINET 1 \"\" ", macroArgument("UniNet Workbench " UNINET_VERSION),
      " \"User Commands\"\n",
      ".SH NAME\nuninet \\- attack one task of a multi\\-task network and watch the others\n",
      ".SH SYNOPSIS\n.B uninet\n[\\fIoption\\fR ...] [\\fIpath\\fR ...]\n.br\n.B uninet\n",
      "\\fIcommand\\fR [\\fIoption\\fR ...]\n.SH DESCRIPTION\n", escaped(program.get_description()),
      "\n.SH OPTIONS\n", optionsText(program),
      ".SH COMMANDS\n\\fBuninet\\fR \\fIcommand\\fR \\fB\\-\\-help\\fR prints what follows "
      "here.\n");
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    made += commandText(*command);
  return made + concat(".SH EXIT STATUS\n",
                       "0: done. 1: failed, with one sentence on standard error. 2: the command ",
                       "line was not understood. 130: stopped by Ctrl\\-C or SIGTERM.\n");
}

}  // namespace uninet
