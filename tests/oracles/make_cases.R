# Makes the golden cases of Bench.Analysis.Tests from R (Debian: r-base-core). Run from this folder with Rscript; the cases are committed.
out <- file.path("..", "Bench.Analysis.Tests", "Data", "cases")
dir.create(out, showWarnings = FALSE, recursive = TRUE)
set.seed(1970)

number <- function(v) ifelse(is.na(v), "null", sprintf("%.17g", v))
list_of <- function(v) paste0("[", paste(number(v), collapse = ", "), "]")
field <- function(name, value) {
  text <- if (is.character(value)) paste0("\"", value, "\"") else if (length(value) > 1 || inherits(value, "AsIs")) list_of(as.numeric(value)) else number(value)
  paste0("\"", name, "\": ", text)
}
case <- function(...) { f <- list(...); paste0("  {", paste(mapply(field, names(f), f), collapse = ", "), "}") }
save <- function(name, cases) {
  writeLines(paste0("{\n \"madeWith\": \"R ", getRversion(), "\",\n \"cases\": [\n", paste(cases, collapse = ",\n"), "\n ]\n}"), file.path(out, paste0(name, ".json")))
}

# Signed rank: exact without ties, normal with ties and zeros (R leaves zeros out: zero method wilcox).
cases <- c()
for (n in c(1, 3, 5, 9, 20, 49, 60, 61, 150, 1000)) {
  x <- rnorm(n); y <- rnorm(n, 0.2)
  p <- sapply(c("two.sided", "less", "greater"), function(a) wilcox.test(x, y, paired = TRUE, exact = TRUE, alternative = a)$p.value)
  cases <- c(cases, case(kind = "exact", continuity = 0, x = I(x), y = I(y), wPlus = wilcox.test(x, y, paired = TRUE)$statistic, p = p[1], less = p[2], greater = p[3]))
}
for (n in c(12, 70, 400)) for (correct in c(0, 1)) for (digits in c(0, 1)) {
  x <- round(rnorm(n), digits); y <- round(rnorm(n, 0.1), digits)
  # R subtracts without rounding, so give it the differences already rounded.
  d <- round(x - y, 6)
  t <- function(a) suppressWarnings(wilcox.test(d, exact = FALSE, correct = correct == 1, alternative = a))
  cases <- c(cases, case(kind = "normal", continuity = correct, x = I(x), y = I(y), wPlus = t("two.sided")$statistic, p = t("two.sided")$p.value, less = t("less")$p.value, greater = t("greater")$p.value))
}
save("signed-rank-r", cases)

# Hodges-Lehmann with the exact interval; depression scores of Hollander and Wolfe, table 3.1, among them.
cases <- c()
hw <- c(-.952, .147, -1.022, -.43, -.62, -.59, -.49, .08, -.01)
for (d in c(list(hw), lapply(c(6, 7, 10, 25, 49, 200, 999), function(n) rnorm(n, 0.3)))) for (level in c(0.9, 0.95)) {
  t <- suppressWarnings(wilcox.test(d, exact = TRUE, conf.int = TRUE, conf.level = level))
  cases <- c(cases, case(differences = I(d), level = level, estimate = t$estimate, lower = t$conf.int[1], upper = t$conf.int[2]))
}
save("hodges-lehmann", cases)

# The two-sample shift, on logarithms.
cases <- c()
for (size in list(c(4, 4), c(5, 5), c(5, 9), c(10, 10), c(30, 40), c(60, 60))) {
  x <- exp(rnorm(size[1], 3, 0.05)); y <- exp(rnorm(size[2], 3.1, 0.05))
  t <- wilcox.test(log(y), log(x), exact = TRUE, conf.int = TRUE, conf.level = 0.95)
  cases <- c(cases, case(x = I(x), y = I(y), ratio = exp(t$estimate), lower = exp(t$conf.int[1]), upper = exp(t$conf.int[2])))
}
save("hodges-lehmann-ratio", cases)

# Sign test and McNemar.
cases <- c()
for (k in list(c(0, 0), c(0, 1), c(3, 3), c(1, 7), c(6, 16), c(40, 20), c(500, 431), c(0, 60), c(100000, 100700))) {
  n <- sum(k)
  cases <- c(cases, case(positive = k[1], negative = k[2], p = if (n == 0) 1 else binom.test(k[1], n)$p.value))
}
save("sign-test", cases)

# Families.
cases <- c()
for (n in c(1, 2, 5, 20)) { p <- round(runif(n)^2, 4); cases <- c(cases, case(p = I(p), holm = I(p.adjust(p, "holm")))) }
cases <- c(cases, case(p = I(c(0.01, 0.01, 0.04, 1, 0)), holm = I(p.adjust(c(0.01, 0.01, 0.04, 1, 0), "holm"))))
save("families", cases)
