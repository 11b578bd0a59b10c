[assembly: AssemblyFixture(typeof(SharedRealServices))]
