package example;

// Lambda runs compiled classes: build a JAR file of this source and upload it.
public class Hello {
    public String handleRequest(String name) {
        return String.format("Hello %s.", name);
    }
}
