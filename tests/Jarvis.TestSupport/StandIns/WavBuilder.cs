using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Creates and checks audio with Debian's <c>espeak-ng</c> and <c>ffmpeg</c>.</summary>
public static class WavBuilder
{
    private const int SamplesPerSecond = 16_000;
    private const int WordsPerMinute = 175;

    /// <param name="voice">Name of an espeak voice, such as <c>pl</c> or <c>en-us+f3</c>.</param>
    /// <param name="format">Format of the audio: mp3, wav or opus.</param>
    public static async Task<byte[]> SpeakAsync(string text, string voice, double speed, string format)
    {
        var pace = Math.Round(WordsPerMinute * speed).ToString(CultureInfo.InvariantCulture);
        var wav = await RunAsync("espeak-ng", ["-v", voice, "-s", pace, "--stdin", "--stdout"], System.Text.Encoding.UTF8.GetBytes(text));

        return format switch
        {
            "wav" => wav,
            "mp3" => await RunAsync("ffmpeg", ["-v", "error", "-i", "pipe:0", "-f", "mp3", "-b:a", "64k", "pipe:1"], wav),
            "opus" => await RunAsync("ffmpeg", ["-v", "error", "-i", "pipe:0", "-f", "ogg", "-c:a", "libopus", "-b:a", "32k", "pipe:1"], wav),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
        };
    }

    /// <summary>Decodes the whole clip and returns its duration. Throws if the data is not audio.</summary>
    public static async Task<TimeSpan> LengthAsync(byte[] audio)
    {
        var samples = await RunAsync("ffmpeg", ["-v", "error", "-i", "pipe:0", "-f", "s16le", "-ac", "1", "-ar", $"{SamplesPerSecond}", "pipe:1"], audio);

        return TimeSpan.FromSeconds(samples.Length / 2.0 / SamplesPerSecond);
    }

    /// <summary>Returns the name of the codec as <c>ffprobe</c> reports it: mp3, pcm_s16le, opus.</summary>
    public static async Task<string> CodecAsync(byte[] audio) => System.Text.Encoding.UTF8.GetString(await RunAsync(
        "ffprobe",
        ["-v", "error", "-select_streams", "a:0", "-show_entries", "stream=codec_name", "-of", "csv=p=0", "-i", "pipe:0"],
        audio)).Trim();

    private static async Task<byte[]> RunAsync(string program, string[] arguments, byte[] input)
    {
        using var process = Start(program, arguments);
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program may close its input early; its exit code tells whether it succeeded.
        }

        await reading;
        await process.WaitForExitAsync();

        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{program}: {await errors}");
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is missing. On Debian: apt-get install espeak-ng ffmpeg (build/test does that itself).", e);
        }
    }
}
