import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files by PDF/UA-1 and PDF/A-2a, many in one start.
 *
 * <p>Reads a path a line. Writes, with tabs between, for each path and profile a line "path,
 * profile, passed or failed, number of assertions", and after it for each broken rule "path,
 * profile, broken, rule, how often, message, first place".
 */
public final class Judge {
  public static void main(String[] arguments) throws Exception {
    // The engine tells on its log what it also returns.
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    List<ValidationProfile> profiles =
        List.of(
            ProfileFile.read("PDFUA-1", PDFAFlavour.PDFUA_1),
            ProfileFile.read("PDFA-2A", PDFAFlavour.PDFA_2_A));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader paths =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      for (ValidationProfile profile : profiles) {
        judge(path, profile, out);
      }
    }
  }

  private static void judge(String path, ValidationProfile profile, PrintStream out) {
    PDFAFlavour flavour = profile.getPDFAFlavour();
    String head = path + "\t" + flavour.getId() + "\t";
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(profile, -1, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      String verdict = result.isCompliant() ? "passed" : "failed";
      out.println(head + verdict + "\t" + result.getTotalAssertions());
      for (Broken each : gather(result)) {
        out.println(head + "broken\t" + each.rule + "\t" + each.times + "\t" + each.where);
      }
    } catch (Exception | LinkageError fault) { // a file that cannot be read has failed
      out.println(head + "failed\t0");
      out.println(head + "broken\tunreadable\t1\t" + plain(fault.toString()) + "\t");
    }
  }

  private static Iterable<Broken> gather(ValidationResult result) {
    Map<String, Broken> found = new LinkedHashMap<>();
    for (TestAssertion each : result.getTestAssertions()) {
      if (each.getStatus() == TestAssertion.Status.FAILED) {
        String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
        String message = each.getErrorMessage() == null ? each.getMessage() : each.getErrorMessage();
        String where = plain(message) + "\t" + plain(each.getLocation().getContext());
        found.computeIfAbsent(rule, key -> new Broken(key, where)).times++;
      }
    }
    return found.values();
  }

  private static String plain(String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ");
  }

  private static final class Broken {
    final String rule;
    final String where;
    int times;

    Broken(String rule, String where) {
      this.rule = rule;
      this.where = where;
    }
  }
}

/**
 * Reads a profile of the engine from its jar.
 *
 * <p>The engine would do so itself, but by a library (JAXB) of which the jar holds a part only.
 */
final class ProfileFile {
  static ValidationProfile read(String name, PDFAFlavour flavour) throws Exception {
    Element profile = open("/org/verapdf/pdfa/validation/" + name + ".xml");
    Set<Rule> rules = new LinkedHashSet<>();
    for (Element each : children(child(profile, "rules"), "rule")) {
      rules.add(readRule(each));
    }
    Set<Variable> variables = new LinkedHashSet<>();
    for (Element each : children(child(profile, "variables"), "variable")) {
      variables.add(
          Profiles.variableFromValues(
              each.getAttribute("name"),
              each.getAttribute("object"),
              text(each, "defaultValue"),
              text(each, "value")));
    }
    if (rules.size() < 100) { // what holds no rule passes everything
      throw new IOException("the profile " + name + " holds " + rules.size() + " rules");
    }
    return Profiles.profileFromValues(
        flavour, Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
  }

  private static Rule readRule(Element rule) {
    Element id = child(rule, "id");
    RuleId ruleId =
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
    Element error = child(rule, "error");
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element each : children(child(error, "arguments"), "argument")) {
      arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), null, null));
    }
    return Profiles.ruleFromValues(
        ruleId,
        rule.getAttribute("object"),
        Boolean.valueOf(rule.getAttribute("deferred")),
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(error, "message"), arguments),
        List.of());
  }

  private static Element open(String path) throws Exception {
    try (InputStream file = Profiles.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IOException("the jar holds no " + path);
      }
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(file)
          .getDocumentElement();
    }
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).get(0);
  }

  private static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element && node.getNodeName().equals(name)) {
        found.add((Element) node);
      }
    }
    return found;
  }
}
