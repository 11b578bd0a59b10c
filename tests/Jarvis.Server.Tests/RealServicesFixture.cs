using Jarvis.Testing.Services;

[assembly: AssemblyFixture(typeof(RealServices))]
