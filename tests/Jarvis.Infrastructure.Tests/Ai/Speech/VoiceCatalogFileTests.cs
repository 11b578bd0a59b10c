using System.Text;
using Jarvis.Infrastructure.Ai.Speech;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Tests.Ai.Speech;

public sealed class VoiceCatalogFileTests
{
    private const string Voice = """{ "id": "gosia", "name": "Gosia", "language": "pl-PL" }""";

    [Fact]
    public void Built_in_catalog_has_English_and_Polish_voices_of_both_servers()
    {
        var providers = VoiceCatalogFile.Read(path: null);

        providers.Keys.Should().Equal("speaches", "chatterbox");
        var voices = providers["speaches"].SelectMany(model => model.Voices, (model, voice) => (Model: model.Id, voice.Id, voice.Language)).ToList();
        voices.Should().Contain(("speaches-ai/Kokoro-82M-v1.0-ONNX", "af_heart", "en-US"))
            .And.Contain(("speaches-ai/Kokoro-82M-v1.0-ONNX", "bm_lewis", "en-GB"))
            .And.Contain(("speaches-ai/piper-pl_PL-gosia-medium", "gosia", "pl-PL"))
            .And.Contain(("speaches-ai/piper-pl_PL-darkman-medium", "darkman", "pl-PL"))
            .And.Contain(("speaches-ai/piper-en_US-amy-medium", "amy", "en-US"));

        // Piper's models are named after their voice and its language.
        voices.Where(voice => voice.Model.Contains("/piper-", StringComparison.Ordinal)).Should()
            .OnlyContain(voice => voice.Model.StartsWith($"speaches-ai/piper-{voice.Language.Replace('-', '_')}-{voice.Id}-", StringComparison.Ordinal));
        providers["chatterbox"].Should().ContainSingle().Which.Voices.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{\n  \"providers\": [\n    oops\n  ]\n}", 3, "isn't valid JSON")]
    [InlineData("{\n  \"providers\": []\n}", 2, "“providers” is missing")]
    [InlineData("\n\n{ }", 3, "“providers” is missing")]
    [InlineData("{ \"providers\": [\n{ \"id\": \"siri\", \"models\": [] } ] }", 2, "“siri” isn't a provider")]
    [InlineData("{ \"providers\": [{ \"id\": \"speaches\",\n \"models\": [] }] }", 2, "“models” is missing")]
    [InlineData("{ \"providers\": [{ \"id\": \"speaches\",\n \"modles\": [] }] }", 2, "“modles” isn't known here")]
    [InlineData("{ \"providers\": [\n7 ] }", 2, "an object with id, models is expected")]
    public void Invalid_file_error_names_the_line(string json, int line, string reason) => ActOf(json).Should().Throw<StartupException>()
        .Which.Message.Should().StartWith($"The voices in mine.json, line {line}: ").And.Contain(reason);

    [Theory]
    [InlineData("""{ "id": "gosia", "name": "Gosia" }""", "“language” is missing")]
    [InlineData("""{ "id": "gosia", "name": "Gosia", "language": "Polish!" }""", "the voice “gosia” has an invalid language")]
    [InlineData("""{ "id": "", "name": "Gosia", "language": "pl-PL" }""", "“id” is missing")]
    [InlineData("""{ "id": "gosia", "name": 7, "language": "pl-PL" }""", "“name” is missing")]
    [InlineData("""{ "id": "gosia", "name": "Gosia", "language": "pl-PL", "sex": "f" }""", "“sex” isn't known here")]
    [InlineData(Voice + ",\n" + Voice, "the voice “gosia” appears twice in its model")]
    public void Invalid_voice_error_names_the_line(string voice, string reason)
    {
        var line = voice.Contains('\n', StringComparison.Ordinal) ? 4 : 3;

        ActOf($"{{ \"providers\": [{{ \"id\": \"speaches\", \"models\": [{{\n \"id\": \"m\", \"voices\": [\n{voice} ] }} ] }} ] }}").Should().Throw<StartupException>()
            .Which.Message.Should().StartWith($"The voices in mine.json, line {line}: ").And.Contain(reason);
    }

    [Fact]
    public void Duplicate_model_error_names_the_second_line()
    {
        const string Model = "{ \"id\": \"m\", \"voices\": [" + Voice + "] }";

        ActOf($"{{ \"providers\": [{{ \"id\": \"speaches\", \"models\": [\n{Model},\n{Model} ] }} ] }}").Should().Throw<StartupException>()
            .Which.Message.Should().StartWith("The voices in mine.json, line 3: the model “m”");
    }

    [Fact]
    public void Missing_file_error_names_the_file()
    {
        var act = () => VoiceCatalogFile.Read("nowhere/voices.json");

        act.Should().Throw<StartupException>().Which.Message.Should().Contain("Speech:VoicesFile is “nowhere/voices.json”");
    }

    private static Action ActOf(string json) => () => VoiceCatalogFile.Parse(Encoding.UTF8.GetBytes(json), "mine.json");
}
