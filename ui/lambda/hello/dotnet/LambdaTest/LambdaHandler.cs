using System;
using System.IO;
using System.Text;

// Lambda runs compiled assemblies: build and publish this source, and upload the result as a .zip file.
namespace LambdaTest
{
    public class LambdaHandler
    {
        public Stream handleRequest(Stream inputStream)
        {
            return new MemoryStream(Encoding.UTF8.GetBytes("Hello from Lambda!"));
        }
    }
}
