# Sourced by scripts/run and scripts/test: brings a fresh Debian 12 to the state that both need, and does nothing when it is there.
# setup_system PACKAGE...   Debian packages, as root or through sudo; else says which to ask for and what is off without them.
# setup_python run|test     .venv with hashed requirements, and this project installed in it, editable.

say() { printf '%s\n' "$*" >&2; }

# What each Debian package is for, told when it cannot be installed.
what_for() {
  case "$1" in
    tesseract-ocr*) echo "第二引擎複核文字 (second reading of a crop)" ;;
    libreoffice-writer-nogui) echo "PDF 與 ODT 表單 (forms as PDF and ODT; DOCX still works)" ;;
    fonts-cns11643-kai) echo "標楷體字形 (the official typeface in PDFs)" ;;
    fonts-*) echo "中文與西文字形 (typefaces)" ;;
    curl|jq) echo "手冊指令的測試 (tests of the commands in docs/api.md)" ;;
    chromium|libatomic1) echo "瀏覽器測試 (browser tests)" ;;
    python3-venv) echo "一切 (everything: Python's own environments)" ;;
    *) echo "安裝 (set-up)" ;;
  esac
}

setup_system() {
  local missing=() p
  for p in "$@"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as=(sudo); else
      say "缺少系統套件，請管理人員執行（ask your administrator to run）："
      say "  apt-get install --no-install-recommends ${missing[*]}"
      say "在那之前以下功能無法使用（off until then）："
      for p in "${missing[@]}"; do say "  $p: $(what_for "$p")"; done
      return 0
    fi
  fi
  say "安裝系統套件 (installing Debian packages): ${missing[*]}"
  "${as[@]}" apt-get update -qq >&2 || true
  DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

setup_python() {
  local wanted="requirements/$1.txt" stamp=.venv/.shouwen-stamp want
  want=$(cat requirements/*.txt pyproject.toml | sha256sum | cut -d' ' -f1)
  # The test set holds the run set, so a machine that tests need not install twice.
  if [ "$(cat "$stamp" 2>/dev/null)" = "$want test" ] || [ "$(cat "$stamp" 2>/dev/null)" = "$want $1" ]; then return 0; fi
  say "準備 Python 環境 (setting up .venv): $wanted"
  [ -x .venv/bin/python ] || python3 -m venv .venv
  # An office network may have its own certificate authority: the system's list is asked, not one of a package.
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
  UV_SYSTEM_CERTS=1 .venv/bin/uv pip sync -q --python .venv/bin/python --require-hashes "$wanted"
  .venv/bin/uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation --offline -e .
  printf '%s %s\n' "$want" "$1" > "$stamp"
}

RUN_PACKAGES=(python3-venv tesseract-ocr tesseract-ocr-chi-tra tesseract-ocr-osd libreoffice-writer-nogui fonts-noto-cjk fonts-cns11643-kai fonts-liberation)
TEST_PACKAGES=("${RUN_PACKAGES[@]}" chromium curl jq libatomic1 poppler-utils qpdf
    fonts-cns11643-sung fonts-lxgw-wenkai fonts-klee fonts-cwtex-fs fonts-cwtex-yen fonts-breip fonts-dkg-handwriting)
