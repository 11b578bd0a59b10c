using System.Runtime.CompilerServices;
using System.Text;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Synthesizes speech with OpenAI's <c>POST /v1/audio/speech</c>, which Speaches and Chatterbox offer, and streams the audio.
/// </summary>
internal sealed partial class OpenAiSpeechSynthesizer(
    SpeechServers servers,
    SpeechHttpClient http,
    IOptions<SpeechOptions> options,
    TimeProvider clock,
    ILogger<OpenAiSpeechSynthesizer> logger) : ISpeechSynthesizer
{
    private const int ChunkBytes = 16 * 1024;
    private const int MaxErrorBytes = 4 * 1024;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    public async Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var server = servers.Get(request.Provider);
        var result = await TryAsync(server, request, cancellationToken);
        if (result.Error is { } first && SpeechServerErrors.IsTransient(first))
        {
            await Task.Delay(RetryDelay, clock, cancellationToken);
            result = await TryAsync(server, request, cancellationToken);
        }

        servers.Record(
            server,
            isAvailable: result.Error is not { } error || !SpeechServerErrors.IsOutage(error),
            result.Error is { } fault ? SpeechServerErrors.ToServiceFault(fault) : null);
        if (result.Error is { } failure)
        {
            LogFailed(server.Name, failure.Code);
        }

        return result;
    }

    private async Task<Result<AudioStream>> TryAsync(SpeechServer server, SpeechRequest request, CancellationToken cancellationToken)
    {
        var timeout = new SpeechDeadline(options.Value, clock, cancellationToken);
        HttpResponseMessage? response = null;
        Result<AudioStream> result;
        try
        {
            using var message = server.CreateSpeechRequest(request);
            response = await http.SendAsync(message, timeout.Token);
            result = response.IsSuccessStatusCode
                ? await OpenAsync(server, request, response, timeout)
                : await ReadErrorAsync(server, request.Model, response, timeout.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The connect timeout throws the same exception type; only its inner exception differs.
            result = e.InnerException is TimeoutException && !timeout.IsExpired
                ? SpeechServerErrors.Unreachable(server)
                : SpeechServerErrors.Timeout(server, options.Value.FirstByteTimeout);
        }
        catch (HttpRequestException e) when (response is null && HttpErrors.IsConnectFailure(e))
        {
            result = SpeechServerErrors.Unreachable(server);
        }
        catch (Exception e) when (HttpErrors.IsTransportFailure(e))
        {
            result = SpeechServerErrors.CutOff(server);
        }
        catch
        {
            response?.Dispose();
            timeout.Dispose();
            throw;
        }

        if (result.Error is not null)
        {
            response?.Dispose();
            timeout.Dispose();
        }

        return result;
    }

    private async Task<Result<AudioStream>> OpenAsync(SpeechServer server, SpeechRequest request, HttpResponseMessage response, SpeechDeadline timeout)
    {
        var body = await response.Content.ReadAsStreamAsync(timeout.Token);
        var first = new byte[ChunkBytes];
        var length = await body.ReadAtLeastAsync(first, AudioType.Signature, throwOnEndOfStream: false, timeout.Token);
        if (response.Content.Headers.ContentType?.MediaType is { } mediaType && !MayBeAudio(mediaType) || AudioType.Detect(first.AsSpan(0, length)) is not { } type)
        {
            return SpeechServerErrors.BadAudio(server);
        }

        timeout.FirstByteReceived();

        var chunks = ReadRestAsync(server, first.AsMemory(0, length), body, timeout);

        return new AudioStream(SpeechKey.Compute(request), type, isCached: false, response.Content.Headers.ContentLength, chunks, () =>
        {
            response.Dispose();
            timeout.Dispose();
        });
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadRestAsync(
        SpeechServer server,
        ReadOnlyMemory<byte> first,
        Stream body,
        SpeechDeadline timeout,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return first;

        var buffer = new byte[ChunkBytes];
        for (long total = first.Length; ;)
        {
            var read = await ReadAsync(server, body, buffer, timeout);
            if (read == 0)
            {
                yield break;
            }

            total += read;
            if (total > options.Value.MaxBytes)
            {
                throw StreamBroken(server, "exceeded the size limit");
            }

            cancellationToken.ThrowIfCancellationRequested();
            yield return buffer.AsSpan(0, read).ToArray();
        }
    }

    private async Task<int> ReadAsync(SpeechServer server, Stream body, byte[] buffer, SpeechDeadline timeout)
    {
        try
        {
            timeout.ByteReceived();

            return await body.ReadAsync(buffer, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsExpired)
        {
            throw StreamBroken(server, "timed out");
        }
        catch (Exception e) when (HttpErrors.IsTransportFailure(e))
        {
            throw StreamBroken(server, "closed the connection", e);
        }
    }

    private SpeechStreamException StreamBroken(SpeechServer server, string how, Exception? cause = null)
    {
        servers.Record(server, isAvailable: false, ServiceFaultMapper.InvalidResponse);
        LogBroken(server.Name, how);

        return new SpeechStreamException($"{server.Name} {how} while streaming audio.", cause);
    }

    private async Task<Error> ReadErrorAsync(SpeechServer server, string model, HttpResponseMessage response, CancellationToken cancellationToken) => (int)response.StatusCode switch
    {
        401 or 403 => SpeechServerErrors.Unauthorized(server),
        404 => await MentionsModelAsync(response, model, cancellationToken) ? SpeechServerErrors.ModelNotInstalled(server, model) : SpeechServerErrors.WrongUrl(server),
        429 => SpeechServerErrors.RateLimited(server, HttpErrors.GetRetryAfter(response.Headers.RetryAfter, clock.GetUtcNow())),
        408 or >= 500 => SpeechServerErrors.Failed(server, (int)response.StatusCode),
        >= 400 => SpeechServerErrors.Rejected(server, (int)response.StatusCode),
        _ => SpeechServerErrors.BadAudio(server),
    };

    // The error of a missing model mentions the model; the error of a wrong address doesn't.
    private static async Task<bool> MentionsModelAsync(HttpResponseMessage response, string model, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxErrorBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(buffer, MaxErrorBytes, throwOnEndOfStream: false, cancellationToken);

        return Encoding.UTF8.GetString(buffer, 0, length) is var text
            && (text.Contains(model, StringComparison.OrdinalIgnoreCase) || text.Contains("model", StringComparison.OrdinalIgnoreCase));
    }

    private static bool MayBeAudio(string mediaType) =>
        mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || mediaType is "application/octet-stream" or "application/ogg";

    [LoggerMessage(LogLevel.Warning, "{Server} failed to synthesize speech: {Code}")]
    private partial void LogFailed(string server, string code);

    [LoggerMessage(LogLevel.Warning, "{Server} {How} while streaming audio")]
    private partial void LogBroken(string server, string how);
}
