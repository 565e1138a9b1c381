#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace uninet {

/// What a person works on, as one JSON file: network, data, image, attack, view. Its runs are in a
/// RunStore beside it. Everything is plain data; whoever opens it decides what can still be found.
struct Session {
  static constexpr int kVersion = 1;

  /// Where the network comes from.
  struct Network {
    enum class Kind { none, demo, file };
    Kind kind = Kind::none;
    std::filesystem::path file;            ///< of a checkpoint; absolute in memory
    std::filesystem::path maskComponents;  ///< absolute in memory; empty: those beside the file
    std::string weights, size;             ///< as --weights and --size; empty: found out
    std::string sha256;                    ///< of what was open; empty: not known
    bool operator==(const Network&) const = default;
  };
  /// Where the images come from.
  struct Data {
    enum class Kind { none, streetscape, path, pictures };
    Kind kind = Kind::none;
    std::vector<std::filesystem::path> paths;  ///< one of a path, several pictures; absolute
    std::string split;
    std::string labels{};     ///< as --labels; empty: found out
    std::int64_t scenes = 0;  ///< of a Streetscape split, as --scenes; 0: the default number
    double depthUnit = 0;     ///< metres, as --depth-unit; 0: what the data set has
    bool operator==(const Data&) const = default;
  };
  /// The attack panel.
  struct Attack {
    std::string key = "pgd";                            ///< of the registry
    std::string preset;                                 ///< chosen last; empty: none
    nlohmann::json options = nlohmann::json::object();  ///< those that are not the default, by key
    std::string region;                 ///< as parseRegion() takes it; empty: everywhere
    std::string precision = "float32";  ///< of gradients, as --precision
    bool operator==(const Attack&) const = default;
  };
  /// What the canvas shows, and how.
  struct View {
    enum class Layout { grid, focus, wipe };
    enum class InputChange { perturbation, gradient };
    Layout layout = Layout::grid;
    int focus = 0;                                        ///< panel that is large in Focus
    std::array<bool, 4> rows{true, true, false, false};   ///< clean, attacked, change, truth
    double zoom = 1, centreX = 0.5, centreY = 0.5;        ///< fractions of the image
    double wipe = 0.5;                                    ///< place of the divider
    double scoreThreshold = 0.4, opacity = 0.5;           ///< of drawing
    std::vector<std::string> hiddenClasses;               ///< semantic classes that are not drawn
    InputChange inputChange = InputChange::perturbation;  ///< what the image's change row shows
    std::string level;  ///< feature map whose change that row shows instead; empty: none
    bool operator==(const View&) const = default;
  };

  std::string id;  ///< 16 hexadecimal digits, drawn when it is made
  Network network;
  Network second;  ///< open beside it, to compare them; kind none: there is no other
  Data data;
  std::string image;  ///< name of the image that is shown; empty: the first
  Attack attack;
  View view;
  std::int64_t run = 0;  ///< that is shown, of the RunStore; 0: none
  std::string notes;
  nlohmann::json unknown = nlohmann::json::object();  ///< keys of a later version, kept as they are

  bool operator==(const Session&) const = default;
};

/// With an id of its own and everything else default.
Session newSession();

/// Paths inside `folder` (of the session's file) or at most two folders above it become relative
/// to it; others stay. So does the picture of a region "mask:FILE".
nlohmann::json sessionJson(const Session& session, const std::filesystem::path& folder);
/// Throws Error naming the key, what was expected and found. Unknown keys are kept.
Session sessionFromJson(const nlohmann::json& json, const std::filesystem::path& folder);

/// The parts of that JSON which say where a network and images come from, alone.
nlohmann::json networkJson(const Session::Network& network, const std::filesystem::path& folder);
Session::Network networkFromJson(const nlohmann::json& json, const std::filesystem::path& folder);
nlohmann::json dataJson(const Session::Data& data, const std::filesystem::path& folder);
Session::Data dataFromJson(const nlohmann::json& json, const std::filesystem::path& folder);

/// Replaces the file in one step. Throws Error naming it.
void writeSession(const Session& session, const std::filesystem::path& file);
/// Throws Error naming the file: not there, no JSON, of a later version, a key that is wrong.
Session readSession(const std::filesystem::path& file);

/// Its runs: beside NAME.json stands NAME.runs.sqlite.
std::filesystem::path runStoreOf(const std::filesystem::path& session);

}  // namespace uninet
