#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/commands.h"
#include "app/man_page.h"
#include "attacks/registry/option_pages.h"
#include "core/base/error.h"
#include "core/base/files.h"

namespace uninet {
namespace {

std::vector<std::filesystem::path> pagesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> pages;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  if (pages.empty())
    throw Error(concat(folder.string(), ": expected a folder with help pages (.md), found none"));
  std::sort(pages.begin(), pages.end());
  return pages;
}

}  // namespace

void addHelpPagesCommand(CLI::App& app) {
  struct Arguments {
    std::string folder, man;
  };
  CLI::App* command =
      app.add_subcommand("help-pages",
                         "Make the tables of options in the help pages anew, and the manual page, "
                         "for developers");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("folder", arguments->folder, "Folder of the pages, resources/docs/help");
  command->add_option("--man", arguments->man, "File for the manual page, uninet.1");
  command->callback([arguments, &app] {
    if (arguments->folder.empty() && arguments->man.empty())
      throw CLI::ValidationError("help-pages: give a folder, --man or both");
    if (!arguments->man.empty()) writeTextFile(arguments->man, manualPage(app));
    if (arguments->folder.empty()) return;
    for (const std::filesystem::path& file : pagesIn(arguments->folder)) {
      const std::string page = readTextFile(file);
      const std::string made = withOptionTables(page);
      if (made == page) continue;
      writeTextFile(file, made);
      std::printf("written: %s\n", file.c_str());
    }
  });
}

}  // namespace uninet
