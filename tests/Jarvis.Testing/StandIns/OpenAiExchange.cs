using Microsoft.AspNetCore.Http;

namespace Jarvis.Testing.StandIns;

internal sealed record OpenAiExchange(HttpResponse Response, OpenAiStandIn StandIn, OpenAiRequest Request, OpenAiFault Fault);
