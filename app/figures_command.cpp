#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/results/claims.h"
#include "core/results/figures.h"
#ifdef UNINET_GUI
#include "ui/window/figures.h"
#endif

namespace uninet {
namespace {

struct FiguresArguments {
  std::string from, out;
  std::vector<std::string> figures;
  bool claims = false;
  std::string names = "long";
  BootstrapArgument bootstrap;
};

void writeTables(const SweepReport& report, const std::filesystem::path& out) {
  for (const Table& table : tablesOf(report)) {
    writeTextFile(out / (table.id + ".md"), tableMarkdown(table));
    writeTextFile(out / (table.id + ".csv"), tableCsv(table));
    writeTextFile(out / (table.id + ".tex"), tableLatex(table));
    std::printf("%s.md .csv .tex: %s\n", table.id.c_str(), table.title.c_str());
  }
}

void figures(const FiguresArguments& arguments) {
  const std::filesystem::path out = arguments.out;
  const ResultStore store = ResultStore::open(arguments.from);
  prepareOutput(out);
  const SweepReport report =
      reportOf(store, arguments.bootstrap.options, terminalProgress("intervals"));
  const auto wanted = [&](const std::string& id) {
    return arguments.figures.empty() ||
           std::find(arguments.figures.begin(), arguments.figures.end(), id) !=
               arguments.figures.end();
  };
#ifdef UNINET_GUI
  std::vector<Figure> all = figuresOf(report, store);
  std::erase_if(all, [&](const Figure& figure) { return !wanted(figure.id); });
  for (const std::string& id : arguments.figures)
    if (std::none_of(all.begin(), all.end(), [&](const Figure& f) { return f.id == id; }))
      throw Error(concat(arguments.from, " holds no run that figure ", id, " needs"));
  if (arguments.names == "short")
    for (Figure& figure : all) figure = withShortNames(std::move(figure));
  writeFigures(all, out, [&](const std::string& id) {
    return figureManifest(report, id, "UniNet Workbench " UNINET_VERSION);
  });
  for (const Figure& figure : all)
    std::printf("figure-%s.pdf .svg .png .csv: %s\n", figure.id.c_str(), figure.title.c_str());
#else
  for (const Figure& figure : figuresOf(report, store))
    if (wanted(figure.id)) writeTextFile(out / ("figure-" + figure.id + ".csv"), figureCsv(figure));
  std::printf("This build has no window: the numbers of the figures are written, no pictures.\n");
#endif
  if (arguments.figures.empty()) writeTables(report, out);
  if (arguments.claims || arguments.figures.empty()) {
    const std::vector<Claim> claims = judgeClaims(report);
    writeTextFile(out / "claims.md", claimsMarkdown(claims, report));
    writeTextFile(out / "claims.json", claimsJson(claims));
    for (const Claim& claim : claims)
      std::printf("%-30s %s (%s)\n", verdictText(claim.verdict), claim.statement.c_str(),
                  claim.where.c_str());
  }
  std::printf("written to %s\n", arguments.out.c_str());
}

}  // namespace

void addFiguresCommand(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("figures", "Figures, tables and claims from the results of a sweep");
  const auto arguments = std::make_shared<FiguresArguments>();
  command->add_option("--from", arguments->from, "results.sqlite of a sweep")->required();
  command->add_option("--out", arguments->out, "Folder")->required();
  command
      ->add_option("--figure", arguments->figures,
                   "Only these: 3a 3b 4 5 6 epsilon levels patching interaction gradients shape")
      ->check(CLI::IsMember(figureIds()));
  command
      ->add_option(
          "--names", arguments->names,
          "Tasks and losses in figures: long (\"Segmentation\", default) or short (\"SS\")")
      ->check(CLI::IsMember({"long", "short"}));
  command->add_flag("--claims", arguments->claims,
                    "With --figure: also judges the statements of the paper");
  arguments->bootstrap.add(*command);
  command->callback([arguments] { figures(*arguments); });
}

}  // namespace uninet
