#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/data/dataset.h"
#include "core/data/folder_dataset.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

/// As one word for a POSIX shell.
std::string quoted(const std::string& text) {
  constexpr const char* kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,+=@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// What begins with a minus is a flag unless it is joined to its own.
void add(std::string& command, const std::string& flag, const std::string& value) {
  command += " --" + flag + (value.starts_with('-') ? "=" : " ") + quoted(value);
}

void addNetwork(std::string& command, const Session::Network& network) {
  using Kind = Session::Network::Kind;
  if (network.kind == Kind::none)
    throw Error("the run does not say where its network came from; open that network first");
  if (network.kind == Kind::file) add(command, "checkpoint", network.file.string());
  if (!network.weights.empty()) add(command, "weights", network.weights);
  if (!network.size.empty()) add(command, "size", network.size);
  if (!network.maskComponents.empty())
    add(command, "mask-components", network.maskComponents.string());
}

/// The one of several pictures that has this name among them.
std::filesystem::path pictureNamed(const Session::Data& data, const std::string& name) {
  return data.paths.at(openPictureFiles(data.paths)->indexOf(name));
}

void addImage(std::string& command, const Session::Data& data, const std::string& image) {
  using Kind = Session::Data::Kind;
  if (data.kind == Kind::none)
    throw Error("the run does not say where its image came from; open its data first");
  if (data.kind == Kind::pictures) {
    add(command, "data", pictureNamed(data, image).string());
    return;
  }
  const bool world = data.kind == Kind::streetscape;
  const std::filesystem::path path = world ? "streetscape" : data.paths.at(0);
  add(command, "data", path.string());
  // Plain pictures have no splits; the command refuses one.
  if (!data.split.empty() && (world || !isThere(path) || hasSplits(path)))
    add(command, "split", data.split);
  if (!world && !data.labels.empty()) add(command, "labels", data.labels);
  if (!world && data.depthUnit > 0) add(command, "depth-unit", numberText(data.depthUnit));
  if (world && data.scenes > 0) add(command, "scenes", std::to_string(data.scenes));
  add(command, "image", image);
}

void addOptions(std::string& command, const KeptRun& run) {
  const AttackInfo& attack = attackByKey(run.attack);
  const auto options = attack.makeOptions();
  const Json defaults = toJson(*options);
  fromJson(*options, parseJson(run.options, "the options of a run"));
  const Json values = toJson(*options);
  for (const auto& [key, value] : values.items()) {
    if (value == defaults.at(key)) continue;
    if (value.is_boolean())
      command += (value.get<bool>() ? " --" : " --no-") + key;
    else if (value.is_string())
      add(command, key, value);
    else
      add(command, key, value.is_number_float() ? numberText(value.get<double>()) : value.dump());
  }
}

}  // namespace

std::string attackCommand(const KeptRun& run, const Session& session) {
  if (!run.attackedOn.empty())
    throw Error(concat("no single command makes this run: its image was attacked on ",
                       run.attackedOn, " and measured on ", run.network,
                       "; copy the command of the run on ", run.attackedOn));
  std::string command = "uninet attack";
  const bool knowsNetwork = run.networkFrom.kind != Session::Network::Kind::none;
  addNetwork(command, knowsNetwork ? run.networkFrom : session.network);
  const bool knowsData = run.dataFrom.kind != Session::Data::Kind::none;
  addImage(command, knowsData ? run.dataFrom : session.data, run.image);
  add(command, "attack", run.attack);
  addOptions(command, run);
  if (!run.region.empty()) add(command, "region", run.region);
  if (const std::string precision = precisionOf(run); precision != "float32")
    add(command, "precision", precision);
  add(command, "out", concat("run-", run.id));
  return command;
}

}  // namespace uninet
