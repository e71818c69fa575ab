package gatehouse;

import gatehouse.demonstration.Demonstration;
import gatehouse.demonstration.DemonstrationLogin;
import java.util.Arrays;
import java.util.stream.Collectors;
