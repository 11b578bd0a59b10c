using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Tests.Common;

public sealed class PrivateNetworkTests
{
    [Theory]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://127.0.0.1:9/v1")]
    [InlineData("http://[::1]:1234/v1")]
    [InlineData("http://192.168.1.20:11434/v1")]
    [InlineData("http://10.1.2.3/v1")]
    [InlineData("http://172.31.0.5/v1")]
    [InlineData("http://[fd00::1]/v1")]
    [InlineData("http://[::ffff:10.0.0.1]/v1")]
    [InlineData("http://ollama:11434/v1")]
    [InlineData("http://host.docker.internal:11434/v1")]
    [InlineData("http://nas.local/v1")]
    public void Private_address_is_in_the_private_network(string address) => PrivateNetwork.Contains(new Uri(address)).Should().BeTrue();

    [Theory]
    [InlineData("https://api.openai.com/v1")]
    [InlineData("https://8.8.8.8/v1")]
    [InlineData("http://172.32.0.1/v1")]
    [InlineData("http://11.0.0.1/v1")]
    [InlineData("https://[2001:4860:4860::8888]/v1")]
    [InlineData("https://localhost.example.org/v1")]
    [InlineData("https://127.0.0.1.nip.io/v1")]
    public void Public_address_is_not_in_the_private_network(string address) => PrivateNetwork.Contains(new Uri(address)).Should().BeFalse();
}
