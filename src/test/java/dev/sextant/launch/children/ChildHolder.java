package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.Path;

/** A program that starts children and waits to be killed: {@code ChildHolder <folder> tied|loose}. */
final class ChildHolder {

    private ChildHolder() {}

    public static void main(String[] arguments) throws IOException {
        DataFolder folder = DataFolder.open(Path.of(arguments[0]));
        Confinement found = Confinement.find();
        Confinement wanted =
                new Confinement(found.isRoot(), found.hasSetsid(), arguments[1].equals("tied") && found.tiesToParent());
        try (Children children = Children.open(folder, wanted)) {
            children.startPostgres();
            children.startRedis();
            System.out.println("ready");
            int end = System.in.read();
            System.out.println("ended by " + end);
        }
    }
}
