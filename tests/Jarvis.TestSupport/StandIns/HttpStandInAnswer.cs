using System.Text;
using System.Text.Json;

namespace Jarvis.TestSupport.StandIns;

internal sealed record HttpStandInAnswer(int Status, string ContentType, byte[] Body)
{
    public static HttpStandInAnswer Json(int status, object body) => new(status, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(body));

    public static HttpStandInAnswer Text(int status, string contentType, string body) => new(status, contentType, Encoding.UTF8.GetBytes(body));
}
