from banter.cli import main

main()
