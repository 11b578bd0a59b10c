using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Speaches and Chatterbox: OpenAI's <c>POST /v1/audio/speech</c>, passed on as it comes.</summary>
internal sealed partial class OpenAiSpeechSynthesizer(
    SpeechServers servers,
    SpeechHttp http,
    IOptions<SpeechOptions> options,
    TimeProvider clock,
    ILogger<OpenAiSpeechSynthesizer> logger) : ISpeechSynthesizer
{
    private const int ChunkBytes = 16 * 1024;
    private const int ReasonBytes = 4 * 1024;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    public async Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var server = servers.Get(request.Provider);
        var spoken = await TryAsync(server, request, cancellationToken);
        if (spoken.Error is { } first && SpeechServerErrors.IsTransient(first))
        {
            await Task.Delay(RetryDelay, clock, cancellationToken);
            spoken = await TryAsync(server, request, cancellationToken);
        }

        servers.Record(
            server,
            answers: spoken.Error is not { } error || !SpeechServerErrors.IsOutage(error),
            spoken.Error is { } fault ? SpeechServerErrors.ToServiceFault(fault) : null);
        if (spoken.Error is { } failure)
        {
            LogFailed(server.Name, failure.Code);
        }

        return spoken;
    }

    private async Task<Result<AudioStream>> TryAsync(SpeechServer server, SpeechRequest request, CancellationToken cancellationToken)
    {
        var timeout = new SpeechDeadline(options.Value, clock, cancellationToken);
        HttpResponseMessage? response = null;
        Result<AudioStream> spoken;
        try
        {
            using var message = server.CreateSpeechRequest(request);
            response = await http.SendAsync(message, timeout.Token);
            spoken = response.IsSuccessStatusCode
                ? await OpenAsync(server, request, response, timeout)
                : await ReadErrorAsync(server, request.Model, response, timeout.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // A connection that takes too long ends in the same way; the driver says so inside.
            spoken = e.InnerException is TimeoutException && !timeout.IsExpired
                ? SpeechServerErrors.Unreachable(server)
                : SpeechServerErrors.Timeout(server, options.Value.FirstByteTimeout);
        }
        catch (HttpRequestException e) when (response is null && IsConnect(e))
        {
            spoken = SpeechServerErrors.Unreachable(server);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            spoken = SpeechServerErrors.CutOff(server);
        }
        catch
        {
            response?.Dispose();
            timeout.Dispose();
            throw;
        }

        if (spoken.Error is not null)
        {
            response?.Dispose();
            timeout.Dispose();
        }

        return spoken;
    }

    private async Task<Result<AudioStream>> OpenAsync(SpeechServer server, SpeechRequest request, HttpResponseMessage response, SpeechDeadline timeout)
    {
        var body = await response.Content.ReadAsStreamAsync(timeout.Token);
        var first = new byte[ChunkBytes];
        var length = await body.ReadAtLeastAsync(first, AudioType.Signature, throwOnEndOfStream: false, timeout.Token);
        if (response.Content.Headers.ContentType?.MediaType is { } said && !MayBeAudio(said) || AudioType.Detect(first.AsSpan(0, length)) is not { } type)
        {
            return SpeechServerErrors.BadAudio(server);
        }

        timeout.FirstByteReceived();

        var pieces = ReadRestAsync(server, first.AsMemory(0, length), body, timeout);

        return new AudioStream(SpeechKey.Compute(request), type, isCached: false, response.Content.Headers.ContentLength, pieces, () =>
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
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw StreamBroken(server, "closed the connection", e);
        }
    }

    private SpeechStreamException StreamBroken(SpeechServer server, string how, Exception? cause = null)
    {
        servers.Record(server, answers: false, ServiceFaultMapper.InvalidResponse);
        LogBroken(server.Name, how);

        return new SpeechStreamException($"{server.Name} {how} while streaming audio.", cause);
    }

    private async Task<Error> ReadErrorAsync(SpeechServer server, string model, HttpResponseMessage response, CancellationToken cancellationToken) => (int)response.StatusCode switch
    {
        401 or 403 => SpeechServerErrors.Unauthorized(server),
        404 => await MentionsModelAsync(response, model, cancellationToken) ? SpeechServerErrors.ModelNotInstalled(server, model) : SpeechServerErrors.WrongUrl(server),
        429 => SpeechServerErrors.RateLimited(server, RetryAfter(response.Headers.RetryAfter)),
        408 or >= 500 => SpeechServerErrors.Failed(server, (int)response.StatusCode),
        >= 400 => SpeechServerErrors.Rejected(server, (int)response.StatusCode),
        _ => SpeechServerErrors.BadAudio(server),
    };

    // A server that lacks the model names it; one that is asked at a wrong address knows nothing of models.
    private static async Task<bool> MentionsModelAsync(HttpResponseMessage response, string model, CancellationToken cancellationToken)
    {
        var reason = new byte[ReasonBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(reason, ReasonBytes, throwOnEndOfStream: false, cancellationToken);

        return Encoding.UTF8.GetString(reason, 0, length) is var text
            && (text.Contains(model, StringComparison.OrdinalIgnoreCase) || text.Contains("model", StringComparison.OrdinalIgnoreCase));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        (header?.Delta ?? header?.Date - clock.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait : null;

    private static bool MayBeAudio(string mediaType) =>
        mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || mediaType is "application/octet-stream" or "application/ogg";

    private static bool IsConnect(HttpRequestException exception) => exception.HttpRequestError is
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    [LoggerMessage(LogLevel.Warning, "{Server} failed to synthesize speech: {Code}")]
    private partial void LogFailed(string server, string code);

    [LoggerMessage(LogLevel.Warning, "{Server} {How} while streaming audio")]
    private partial void LogBroken(string server, string how);
}
