using System.Security.Claims;
using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.Imports;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Jarvis.Web.Api;

/// <summary>Imports and exports conversations as streams, so that the upload progress is the import progress.</summary>
internal static class ImportApi
{
    public static void MapImportApi(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<ImportOptions>>().Value.MaxFileBytes;
        var conversations = routes.MapApi("/conversations");
        conversations.MapPost("/import", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(maxBytes));
        conversations.MapGet("/import", ProgressAsync);
        conversations.MapGet("/export", ExportAsync);
    }

    /// <summary>Parses the format. Empty means that the reader detects it.</summary>
    public static bool TryParseFormat(string? name, out ConversationFormat? format)
    {
        format = name switch
        {
            "jarvis" => ConversationFormat.Jarvis,
            "chatgpt" => ConversationFormat.ChatGpt,
            _ => null,
        };

        return format is not null || string.IsNullOrEmpty(name);
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ImportAsync(
        HttpContext context,
        IMediator mediator,
        IConversationFileReader files,
        CancellationToken cancellationToken,
        string? format = null)
    {
        var (file, formatName) = await OpenFileAsync(context.Request, format, cancellationToken);
        if (file is null)
        {
            return ApiResults.ToProblem("file", ImportErrors.FileMissing);
        }

        if (!TryParseFormat(formatName, out var parsedFormat))
        {
            return ApiResults.ToProblem("format", ImportErrors.FormatUnknown);
        }

        var imported = await SendAsync(mediator, new ImportConversations(context.User.Id(), files.ReadAsync(file, parsedFormat, cancellationToken)), cancellationToken);

        return imported.Error is null && imported.Value.Stopped is { } stopped ? new ImportStoppedResponse(stopped, imported.Value) : imported.ToHttp(ToResponse);
    }

    // Only this exception reports a form that ends inside its file.
    private static async Task<Result<ImportResult>> SendAsync(IMediator mediator, ImportConversations import, CancellationToken cancellationToken)
    {
        try
        {
            return await mediator.Send(import, cancellationToken);
        }
        catch (IOException e) when (e is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The form is incomplete.", e);
        }
    }

    private static async Task<object> ProgressAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetImportProgress(user.Id()), cancellationToken) is { } progress
            ? new { running = true, progress.Conversations, progress.Imported, progress.Skipped }
            : new { running = false, Conversations = 0, Imported = 0, Skipped = 0 };

    // The response is streamed, one conversation at a time.
    private static async Task<object> ExportAsync(HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var conversations = await mediator.Send(new ExportConversations(context.User.Id()), cancellationToken);
        context.Response.Headers.ContentDisposition = "attachment; filename=conversations.json";

        return Results.Json(new { format = "jarvis", conversations });
    }

    // Returns the body, or the first file of a form and the format field before it.
    private static async Task<(Stream? File, string? Format)> OpenFileAsync(HttpRequest request, string? format, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return (request.Body, format);
        }

        var sections = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), request.Body);
        try
        {
            while (await sections.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                var disposition = section.GetContentDispositionHeader();
                if (disposition?.IsFileDisposition() is true)
                {
                    return (section.Body, format);
                }

                if (disposition?.Name.Equals("format", StringComparison.OrdinalIgnoreCase) is true)
                {
                    format = await section.ReadAsStringAsync(cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The form can't be read.", e);
        }

        return (null, format);
    }

    private static object ToResponse(ImportResult result) => new
    {
        result.Imported,
        result.Skipped,
        result.Shortened,
        result.Conversations,
    };

    /// <summary>Error with the number of imported conversations, so that the client knows what is stored.</summary>
    private sealed class ImportStoppedResponse(Error error, ImportResult result) : Microsoft.AspNetCore.Http.IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ProblemDetailsFactory.WriteAsync(
            httpContext,
            error,
            ("reason", error.Fields.Select(field => field.Value[0].Code).FirstOrDefault(error.Code)),
            ("imported", result.Imported),
            ("skipped", result.Skipped));
    }
}
