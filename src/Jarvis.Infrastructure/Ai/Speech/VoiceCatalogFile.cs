using System.Text.Json;
using System.Text.RegularExpressions;
using Jarvis.Application.Speech;
using Jarvis.Domain.Accounts;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Reads the voice catalogue: the built-in one or a custom file. Errors name the line that is invalid.</summary>
internal sealed partial class VoiceCatalogFile
{
    private const string BuiltIn = "speaches-voices.json";

    private readonly string name;

    private VoiceCatalogFile(string name) => this.name = name;

    /// <returns>Models of each provider, by the id of the provider.</returns>
    /// <exception cref="StartupException">The file can't be read or is invalid; the message names the line.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<SpeechModel>> Read(string? path) => string.IsNullOrEmpty(path)
        ? Parse(ReadBuiltIn(), BuiltIn)
        : Parse(ReadFile(path), path);

    internal static IReadOnlyDictionary<string, IReadOnlyList<SpeechModel>> Parse(ReadOnlySpan<byte> json, string name)
    {
        var file = new VoiceCatalogFile(name);
        try
        {
            return file.ParseProviders(JsonWithLineNumbers.Parse(json));
        }
        catch (JsonException e)
        {
            throw file.Invalid((int)(e.LineNumber ?? 0) + 1, "it isn't valid JSON from here on.");
        }
    }

    private Dictionary<string, IReadOnlyList<SpeechModel>> ParseProviders(JsonWithLineNumbers root)
    {
        var providers = new Dictionary<string, IReadOnlyList<SpeechModel>>();
        Check(root, allowed: ["providers"]);
        foreach (var provider in ParseList(root, "providers"))
        {
            Check(provider, allowed: ["id", "models"]);
            var id = ParseText(provider, "id");
            if (!SpeechServers.Names.ContainsKey(id))
            {
                throw Invalid(provider.Line, $"“{id}” isn't a provider. The provider must be one of {string.Join(", ", SpeechServers.Names.Keys)}.");
            }

            if (!providers.TryAdd(id, ParseModels(provider)))
            {
                throw Invalid(provider.Line, $"the provider “{id}” appears twice in the file.");
            }
        }

        return providers;
    }

    private List<SpeechModel> ParseModels(JsonWithLineNumbers provider)
    {
        var models = new List<SpeechModel>();
        foreach (var model in ParseList(provider, "models"))
        {
            Check(model, allowed: ["id", "voices"]);
            var id = ParseText(model, "id");
            if (models.Exists(other => other.Id == id))
            {
                throw Invalid(model.Line, $"the model “{id}” appears twice in the file.");
            }

            models.Add(new SpeechModel(id, ParseVoices(model)));
        }

        return models;
    }

    private List<SpeechVoice> ParseVoices(JsonWithLineNumbers model)
    {
        var voices = new List<SpeechVoice>();
        foreach (var voice in ParseList(model, "voices"))
        {
            Check(voice, allowed: ["id", "name", "language"]);
            var parsed = new SpeechVoice(ParseText(voice, "id"), ParseText(voice, "name"), ParseText(voice, "language"));
            if (!Language().IsMatch(parsed.Language))
            {
                throw Invalid(voice.Line, $"the voice “{parsed.Id}” has an invalid language “{parsed.Language}”. A language looks like pl-PL.");
            }

            if (voices.Exists(other => other.Id == parsed.Id))
            {
                throw Invalid(voice.Line, $"the voice “{parsed.Id}” appears twice in its model.");
            }

            voices.Add(parsed);
        }

        return voices;
    }

    private IReadOnlyList<JsonWithLineNumbers> ParseList(JsonWithLineNumbers parent, string member)
    {
        var list = parent.Members!.LastOrDefault(found => found.Name == member).Value;

        return list?.Items is { Count: > 0 } items ? items : throw Invalid(list?.Line ?? parent.Line, $"“{member}” is missing here: a list with at least one entry.");
    }

    private string ParseText(JsonWithLineNumbers parent, string member)
    {
        var text = parent.Members!.LastOrDefault(found => found.Name == member).Value;

        return text?.Text is { Length: > 0 and <= UserConfig.VoiceMaxLength } value && !value.Any(char.IsControl)
            ? value
            : throw Invalid(text?.Line ?? parent.Line, $"“{member}” is missing here: a text of 1 to {UserConfig.VoiceMaxLength} characters.");
    }

    private void Check(JsonWithLineNumbers value, string[] allowed)
    {
        if (value.Members is not { } members)
        {
            throw Invalid(value.Line, $"an object with {string.Join(", ", allowed)} is expected here.");
        }

        if (members.FirstOrDefault(member => !allowed.Contains(member.Name)) is { Name: { } unknown, Value: var at })
        {
            throw Invalid(at.Line, $"“{unknown}” isn't known here. Expected: {string.Join(", ", allowed)}.");
        }
    }

    private StartupException Invalid(int line, string reason) => new($"The voices in {name}, line {line}: {reason}");

    private static byte[] ReadBuiltIn()
    {
        using var resource = typeof(VoiceCatalogFile).Assembly.GetManifestResourceStream(typeof(VoiceCatalogFile), $"data.{BuiltIn}")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);

        return bytes.ToArray();
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Speech:VoicesFile is “{path}”, which can't be read ({e.Message}). Set it to a readable file, or remove it.", e);
        }
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex Language();
}
